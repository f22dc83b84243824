import { MenuButton, type MenuItem } from '../../kit/menu.tsx';
import { isTouch } from '../../kit/touch.ts';
import { t } from '../../words/words.ts';
import type { EnterMode } from './enter.ts';
import { chooseEnterMode, enterMode } from './enter-mode.ts';

interface Props {
  readonly attach: () => void;
  readonly quickReplies: () => void;
  readonly editQuickReplies: () => void;
  /** Absent where the messenger has no templates. */
  readonly template?: () => void;
}

/** What can be put into a message, and which keys send it. */
export function More({ attach, quickReplies, editQuickReplies, template }: Props) {
  const items: MenuItem[] = [
    { label: t('composer.attach'), icon: 'clip', choose: attach },
    { label: t('quick.title'), icon: 'slash', hint: '/', choose: quickReplies },
    ...(template ? [{ label: t('template.choose'), icon: 'file', choose: template } as const] : []),
    { label: t('quick.edit'), icon: 'plus', choose: editQuickReplies },
    // Where there is no keyboard Enter always breaks the line.
    ...(isTouch() ? [] : enterItems()),
  ];
  return <MenuButton icon="plus" label={t('composer.more')} items={items} />;
}

function enterItems(): MenuItem[] {
  const itemOf = (mode: EnterMode, label: string): MenuItem => ({
    label,
    icon: 'keyboard',
    isOn: enterMode.value === mode,
    choose: () => chooseEnterMode(mode),
  });
  return [
    itemOf('enter', t('composer.enter-sends')),
    itemOf('ctrl-enter', t('composer.ctrl-enter-sends', { key: isMac() ? '⌘' : 'Ctrl' })),
  ];
}

function isMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform);
}
