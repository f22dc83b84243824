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

/** What stands in a menu. `head` stands above its lines. */
interface MenuContent {
  readonly items?: readonly MenuItem[];
  readonly groups?: readonly MenuGroup[];
  readonly head?: ComponentChildren;
}

/** A menu that floats beside `anchor`, which is a place or what was pressed. */
export function Menu({
  label,
  anchor,
  items = [],
  groups = [],
  onClose,
  head,
}: MenuContent & {
  label: string;
  anchor: DOMRect;
  onClose: () => void;
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
      // What was chosen may have moved the focus already.
      const isHere = document.activeElement === document.body || element.contains(document.activeElement);
      if (isHere && before instanceof HTMLElement && before.isConnected) before.focus();
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

/** A menu, and what its button needs to open it. Another press of the button closes it. */
export function useMenu(label: string, content: MenuContent) {
  const [anchor, setAnchor] = useState<DOMRect>();
  return {
    opener: {
      'aria-haspopup': 'menu' as const,
      'aria-expanded': anchor !== undefined,
      onClick: ({ currentTarget }: { readonly currentTarget: EventTarget }) =>
        setAnchor(anchor ? undefined : (currentTarget as Element).getBoundingClientRect()),
    },
    menu: anchor && <Menu label={label} anchor={anchor} onClose={() => setAnchor(undefined)} {...content} />,
  };
}

/** A button that is a drawing, and the menu that it opens. */
export function MenuButton({ icon, label, ...content }: MenuContent & { icon: IconName; label: string }): JSX.Element {
  const { opener, menu } = useMenu(label, content);
  return (
    <>
      <IconButton icon={icon} label={label} {...opener} />
      {menu}
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
