import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { IconButton } from './button.tsx';
import { moveFocus } from './focus.ts';
import { Icon, type IconName } from './icon.tsx';

/** A line of a menu. `isOn` makes it one of several to choose from. */
export interface MenuItem {
  readonly label: string;
  readonly icon?: IconName;
  readonly hint?: string;
  readonly isOn?: boolean;
  readonly isDisabled?: boolean;
  choose(): void;
}

/** A menu that floats beside `anchor`, which is a place or what was pressed. */
export function Menu({
  label,
  anchor,
  items,
  onClose,
  children,
}: {
  label: string;
  anchor: DOMRect;
  items: readonly MenuItem[];
  onClose: () => void;
  children?: ComponentChildren;
}): JSX.Element {
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = menu.current!;
    const before = document.activeElement;
    element.showPopover();
    place(element, anchor);
    element.querySelector<HTMLElement>(ITEM)?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [anchor]);
  return (
    <div
      ref={menu}
      class="menu"
      popover="auto"
      role="menu"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Tab') onClose();
        else moveFocus(event, event.currentTarget, ITEM);
      }}
      onToggle={(event) => event.newState === 'closed' && onClose()}
    >
      {items.map((item) => (
        // biome-ignore lint/a11y/useAriaPropsSupportedByRole: only a radio item has the state
        <button
          key={item.label}
          type="button"
          class="menu-item"
          role={item.isOn === undefined ? 'menuitem' : 'menuitemradio'}
          aria-checked={item.isOn}
          aria-disabled={item.isDisabled}
          tabIndex={-1}
          onClick={() => {
            if (item.isDisabled) return;
            onClose();
            item.choose();
          }}
        >
          {item.icon ? <Icon name={item.icon} /> : item.isOn !== undefined && <span class="icon" />}
          <span class="menu-label">{item.label}</span>
          {item.hint && <span class="menu-hint">{item.hint}</span>}
          {item.isOn && <Icon name="check" />}
        </button>
      ))}
      {children}
    </div>
  );
}

/** A button that opens a menu. */
export function MenuButton({
  icon,
  label,
  items,
  children,
}: {
  icon: IconName;
  label: string;
  items: readonly MenuItem[];
  children?: ComponentChildren;
}): JSX.Element {
  const [anchor, setAnchor] = useState<DOMRect>();
  return (
    <>
      <IconButton
        icon={icon}
        label={label}
        aria-haspopup="menu"
        aria-expanded={anchor !== undefined}
        onClick={(event: MouseEvent & { currentTarget: Element }) =>
          setAnchor(event.currentTarget.getBoundingClientRect())
        }
      />
      {anchor && (
        <Menu label={label} anchor={anchor} items={items} onClose={() => setAnchor(undefined)}>
          {children}
        </Menu>
      )}
    </>
  );
}

const ITEM = '[role^=menuitem]:not([aria-disabled=true])';
const GAP = 4;

/** Below the anchor if there is room, else above; never beyond the edges of the window. */
function place(element: HTMLElement, anchor: DOMRect): void {
  const { offsetWidth: width, offsetHeight: height } = element;
  const fitsBelow = anchor.bottom + GAP + height <= innerHeight;
  const top = fitsBelow ? anchor.bottom + GAP : Math.max(GAP, anchor.top - GAP - height);
  const isRightHalf = anchor.left + anchor.width / 2 > innerWidth / 2;
  const left = isRightHalf ? anchor.right - width : anchor.left;
  element.style.top = `${top}px`;
  element.style.left = `${Math.min(Math.max(GAP, left), Math.max(GAP, innerWidth - width - GAP))}px`;
}
