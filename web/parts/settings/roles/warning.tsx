import type { ComponentChildren, JSX } from 'preact';
import { Icon } from '../../../kit/icon.tsx';

/** Something that does not work as it stands, with what to do. */
export function Warning({ children }: { children: ComponentChildren }): JSX.Element {
  return (
    <span class="roles-warning">
      <Icon name="alert" />
      <span>{children}</span>
    </span>
  );
}
