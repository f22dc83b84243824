import { recall, remember } from './memory.ts';

const THEME = 'konvert-docs-theme';
const isDark = matchMedia('(prefers-color-scheme: dark)');

/** Light or dark as the system has it, until the reader presses the button. */
export function useTheme(button: HTMLElement): void {
  const chosen = recall(THEME);
  let theme: 'light' | 'dark' | undefined = chosen === 'light' || chosen === 'dark' ? chosen : undefined;

  function shown() {
    return theme ?? (isDark.matches ? 'dark' : 'light');
  }

  function show(): void {
    if (theme) document.documentElement.dataset.theme = theme;
    button.textContent = shown() === 'dark' ? 'Light' : 'Dark';
    button.ariaLabel = `${button.textContent} colours`;
  }

  button.addEventListener('click', () => {
    theme = shown() === 'dark' ? 'light' : 'dark';
    remember(THEME, theme);
    show();
  });
  isDark.addEventListener('change', show);
  show();
}
