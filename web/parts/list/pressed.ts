import { useRef } from 'preact/hooks';

/** A row that was asked about, and where. */
export interface Pressed {
  readonly key: string;
  readonly anchor: DOMRect;
}

const LONG_PRESS_MS = 500;
/** Beyond this a press is a scroll, or a change of mind. */
const MOVED_PX = 10;

interface Down extends Pressed {
  readonly x: number;
  readonly y: number;
  hold?: ReturnType<typeof setTimeout>;
  /** A menu was opened by holding: what follows is no click. */
  isHeld?: boolean;
}

/**
 * Handlers of a list of links with a `data-key`. A press opens the key that was under it when the pointer went down,
 * never the row that has come there since. Holding a finger, or the second button, asks for the menu.
 */
export function usePressed({ open, askMenu }: { open: (key: string) => void; askMenu: (pressed: Pressed) => void }) {
  const down = useRef<Down | undefined>(undefined);
  const release = () => clearTimeout(down.current?.hold);

  return {
    onPointerDown(event: PointerEvent) {
      release();
      const key = keyUnder(event.target);
      down.current = undefined;
      if (key === undefined || event.button !== 0) return;
      const pressed: Down = { key, x: event.clientX, y: event.clientY, anchor: pointOf(event) };
      if (event.pointerType === 'touch') {
        pressed.hold = setTimeout(() => {
          pressed.isHeld = true;
          askMenu(pressed);
        }, LONG_PRESS_MS);
      }
      down.current = pressed;
    },
    onPointerMoveCapture(event: PointerEvent) {
      if (hasMoved(down.current, event)) release();
    },
    onPointerUp: release,
    onPointerCancel: release,
    onClick(event: MouseEvent) {
      // Another tab or window, or a download: the browser's own.
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      const isByKey = event.detail === 0;
      const pressed = down.current;
      const key = isByKey ? keyUnder(event.target) : pressed?.key;
      down.current = undefined;
      if (isByKey || pressed) event.preventDefault();
      if (key !== undefined && (isByKey || !(pressed?.isHeld || hasMoved(pressed, event)))) open(key);
    },
    onContextMenu(event: MouseEvent) {
      const key = keyUnder(event.target);
      if (key === undefined) return;
      event.preventDefault();
      if (down.current?.isHeld) return;
      release();
      const isByKey = event.clientX === 0 && event.clientY === 0;
      const anchor = isByKey ? (event.target as Element).getBoundingClientRect() : pointOf(event);
      askMenu({ key, anchor });
    },
  };
}

/** The key of the line in which something happened. */
export function keyUnder(target: EventTarget | null): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>('[data-key]')?.dataset.key : undefined;
}

function pointOf({ clientX, clientY }: MouseEvent): DOMRect {
  return new DOMRect(clientX, clientY, 0, 0);
}

function hasMoved(down: Down | undefined, { clientX, clientY }: MouseEvent): boolean {
  return down !== undefined && Math.hypot(clientX - down.x, clientY - down.y) > MOVED_PX;
}
