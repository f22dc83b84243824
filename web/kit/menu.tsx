import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { IconButton } from './button.tsx';
import { moveFocus } from './focus.ts';
import { Icon, type IconName } from './icon.tsx';

/** A line of a menu. `isOn` makes it one of several to choose from, or with `isSwitch` something that is on or off. */
export interface MenuItem {
  readonly label: string;
  readonly icon?: IconName;
  readonly hint?: string;
  /** Stands below the label, in small. */
  readonly note?: string;
  readonly isOn?: boolean;
  readonly isSwitch?: boolean;
  readonly isDisabled?: boolean;
  choose(): void;
}

/** Lines that belong together. With `isRow` they stand side by side, to choose one of a few short words. */
export interface MenuGroup {
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly isRow?: boolean;
}

/** A menu that floats beside `anchor`, which is a place or what was pressed. `head` stands above its lines. */
export function Menu({
  label,
  anchor,
  items = [],
  groups = [],
  onClose,
  head,
}: {
  label: string;
  anchor: DOMRect;
  items?: readonly MenuItem[];
  groups?: readonly MenuGroup[];
  onClose: () => void;
  head?: ComponentChildren;
}): JSX.Element {
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = menu.current!;
    const before = document.activeElement;
    element.showPopover();
    place(element, anchor);
    element.querySelector<HTMLElement>(ITEM)?.focus();
    // An automatic popover would close again by the very press of the second button that opens it.
    const leave = ({ target }: Event) => {
      // A press of its own button is that button's matter.
      if (!element.contains(target as Node) && !(target as Element).closest(OPENER)) onClose();
    };
    addEventListener('pointerdown', leave, { capture: true });
    addEventListener('resize', onClose);
    return () => {
      removeEventListener('pointerdown', leave, { capture: true });
      removeEventListener('resize', onClose);
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [anchor]);
  return (
    <div
      ref={menu}
      class="menu"
      popover="manual"
      role="menu"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Tab' || event.key === 'Escape') {
          event.preventDefault();
          event.stopPropagation();
          onClose();
        } else moveFocus(event, event.currentTarget, ITEM);
      }}
    >
      {head}
      {items.map((item) => (
        <Item key={item.label} item={item} onClose={onClose} />
      ))}
      {groups.map((group) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset has no place in a menu
        <div
          key={group.label}
          class={group.isRow ? 'menu-group menu-group-row' : 'menu-group'}
          role="group"
          aria-label={group.label}
        >
          {group.isRow && <span class="menu-group-label">{group.label}</span>}
          {group.items.map((item) => (
            <Item key={item.label} item={item} onClose={onClose} />
          ))}
        </div>
      ))}
    </div>
  );
}

function Item({ item, onClose }: { item: MenuItem; onClose: () => void }): JSX.Element {
  const { label, icon, hint, note, isOn, isSwitch, isDisabled } = item;
  const role = isOn === undefined ? 'menuitem' : isSwitch ? 'menuitemcheckbox' : 'menuitemradio';
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: only what is on or off has the state
    <button
      type="button"
      class="menu-item"
      role={role}
      aria-checked={isOn}
      aria-disabled={isDisabled}
      tabIndex={-1}
      onClick={() => {
        if (isDisabled) return;
        onClose();
        item.choose();
      }}
    >
      {icon && <Icon name={icon} />}
      <span class="menu-label">
        {label}
        {note && <small class="menu-note">{note}</small>}
      </span>
      {hint && <span class="menu-hint">{hint}</span>}
      {isSwitch ? (
        <span class="switch-track" />
      ) : (
        isOn !== undefined && <span class="menu-check">{isOn && <Icon name="check" />}</span>
      )}
    </button>
  );
}

/** A button that opens a menu. */
export function MenuButton({
  icon,
  label,
  ...menu
}: {
  icon: IconName;
  label: string;
  items?: readonly MenuItem[];
  groups?: readonly MenuGroup[];
  head?: ComponentChildren;
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
          setAnchor(anchor ? undefined : event.currentTarget.getBoundingClientRect())
        }
      />
      {anchor && <Menu label={label} anchor={anchor} onClose={() => setAnchor(undefined)} {...menu} />}
    </>
  );
}

const ITEM = '[role^=menuitem]:not([aria-disabled=true])';
const OPENER = '[aria-haspopup=menu][aria-expanded=true]';
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
