/**
 * Keeps the page above the keyboard of an iPhone, which covers a page instead of making it smaller. Elsewhere the
 * browser does it by itself (`interactive-widget`), and both heights are the same.
 */
export function followKeyboard(): () => void {
  const view = window.visualViewport;
  if (!view) return () => undefined;
  const { style } = document.documentElement;
  const follow = () => {
    // Pinching makes the view smaller too, and is no keyboard.
    const isCovered = view.scale === 1 && innerHeight - view.height > 1;
    if (isCovered) style.setProperty('--view', `${view.height}px`);
    else style.removeProperty('--view');
    if (isCovered && view.offsetTop > 0) scrollTo(0, 0);
  };
  view.addEventListener('resize', follow);
  view.addEventListener('scroll', follow);
  return () => {
    view.removeEventListener('resize', follow);
    view.removeEventListener('scroll', follow);
  };
}
