import type { ButtonHTMLAttributes, ComponentChildren, JSX } from 'preact';
import { Icon, type IconName } from './icon.tsx';

type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'icon' | 'class'>;

/** A button with words. `main` is the one that a screen is about, of which it has one. */
export function Button({
  look = 'plain',
  icon,
  children,
  ...rest
}: ButtonProps & { look?: 'plain' | 'main' | 'quiet'; icon?: IconName; children: ComponentChildren }): JSX.Element {
  return (
    <button type="button" {...rest} class={`button button-${look}`}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}

/** A button that is a drawing. Its `label` is what it says, also under a pointer. */
export function IconButton({ icon, label, ...rest }: ButtonProps & { icon: IconName; label: string }): JSX.Element {
  return (
    <button type="button" title={label} {...rest} class="icon-button" aria-label={label}>
      <Icon name={icon} />
    </button>
  );
}
