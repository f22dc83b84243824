import { recall, remember } from './memory.ts';

const THEME = 'konvert-docs-theme';
const isDark = matchMedia('(prefers-color-scheme: dark)');

/** Light or dark as the system has it, until the reader presses the button. */
export function useTheme(button: HTMLElement): void {
  const chosen = recall(THEME);
  let theme = chosen === 'light' || chosen === 'dark' ? chosen : undefined;

  function show(): void {
    const shown = theme ?? (isDark.matches ? 'dark' : 'light');
    if (theme) document.documentElement.dataset.theme = theme;
    button.textContent = shown === 'dark' ? 'Light' : 'Dark';
    button.ariaLabel = shown === 'dark' ? 'Light colours' : 'Dark colours';
  }

  button.addEventListener('click', () => {
    theme = (theme ?? (isDark.matches ? 'dark' : 'light')) === 'dark' ? 'light' : 'dark';
    remember(THEME, theme);
    show();
  });
  isDark.addEventListener('change', show);
  show();
}
