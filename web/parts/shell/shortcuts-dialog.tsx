import type { JSX } from 'preact';
import { SHORTCUTS } from '../../core/keys.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { t } from '../../words/words.ts';

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
const MAC_KEYS: Readonly<Record<string, string>> = { Alt: '⌥', Shift: '⇧', Mod: '⌘' };

/** All shortcuts, with the keys as they are named on this computer. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }): JSX.Element {
  return (
    <Dialog title={t('shell.shortcuts')} onClose={onClose}>
      <dl class="shortcuts">
        {SHORTCUTS.map(([command, ...keys]) => (
          <div key={command} class="shortcut">
            <dt>{t(`keys.${command}`)}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{nameOf(key)}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

function nameOf(key: string): string {
  if (isMac) return MAC_KEYS[key] ?? key;
  return key === 'Mod' ? 'Ctrl' : key;
}
