const SIZE = 64;

/** Draws the number that waits into the icon of the tab: red if it is the user's own to answer. */
export function showIcon(count: number, isOwn: boolean): void {
  const canvas = document.createElement('canvas');
  canvas.width = SIZE;
  canvas.height = SIZE;
  const pen = canvas.getContext('2d');
  if (pen === null) return;
  drawMark(pen);
  if (count > 0) drawCount(pen, count > 99 ? '99' : String(count), isOwn ? '#d1242f' : '#5b616c');
  iconLink().href = canvas.toDataURL('image/png');
}

/** An envelope that is open: the sign of the page. */
function drawMark(pen: CanvasRenderingContext2D): void {
  pen.fillStyle = '#3355d1';
  pen.beginPath();
  pen.roundRect(2, 2, 60, 60, 16);
  pen.fill();
  pen.strokeStyle = '#ffffff';
  pen.lineWidth = 5;
  pen.lineJoin = 'round';
  pen.lineCap = 'round';
  pen.stroke(new Path2D('M14 22h36v24h-36zM15 23l17 13 17-13'));
}

function drawCount(pen: CanvasRenderingContext2D, words: string, colour: string): void {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.roundRect(words.length > 1 ? 18 : 28, 28, words.length > 1 ? 46 : 36, 36, 18);
  pen.fill();
  pen.fillStyle = '#ffffff';
  pen.font = 'bold 30px system-ui, sans-serif';
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(words, words.length > 1 ? 41 : 46, 47);
}

function iconLink(): HTMLLinkElement {
  const known = document.querySelector<HTMLLinkElement>('link[rel=icon]');
  if (known) return known;
  const link = document.createElement('link');
  link.rel = 'icon';
  document.head.append(link);
  return link;
}
