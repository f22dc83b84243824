import { useEffect, useRef } from 'preact/hooks';
import { type Command, commandOf } from '../core/keys.ts';

const running = new Map<Command, () => void>();

/** While its part is shown, the shortcut of that command runs `run`. Of two parts, the later one has it. */
export function useCommand(command: Command, run: () => void): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const own = () => latest.current();
    running.set(command, own);
    return () => {
      if (running.get(command) === own) running.delete(command);
    };
  }, [command]);
}

/** Listens for the shortcuts of the page. */
export function listenForCommands(): () => void {
  const listen = (event: KeyboardEvent) => {
    if (event.isComposing || event.defaultPrevented) return;
    const command = commandOf(event, isField(event.target));
    const run = command && running.get(command);
    if (run === undefined) return;
    // An open dialog is asked first: what is behind it does not move.
    if (document.querySelector('dialog[open]')) return;
    event.preventDefault();
    run();
  };
  addEventListener('keydown', listen);
  return () => removeEventListener('keydown', listen);
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
