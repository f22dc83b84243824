/** Words that a pattern of an error table fits: of alternatives the first, of what may be left out nothing. */
export function wordsOf({ source }: RegExp): string {
  const [first = ''] = source.replaceAll(/\(\?:[^()]*\)\?/g, '').split(/\|(?![^(]*\))/);
  return first
    .replaceAll(/\(\?:([^|()]*)[^()]*\)/g, '$1')
    .replaceAll('\\w+', 'X')
    .replaceAll('\\w*', '')
    .replaceAll(/\\b|\^|\$/g, '')
    .replaceAll('\\', '');
}
