import { type Signal, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { Avatar } from '../../kit/avatar.tsx';
import { later } from '../../kit/later.tsx';
import { MenuButton, type MenuGroup, type MenuItem } from '../../kit/menu.tsx';
import type { App } from '../../models.ts';
import { t } from '../../words/words.ts';
import { languageGroup, themeGroup } from './look-groups.ts';
import { openWindow } from './open-window.ts';
import { setSound, sound } from './sound.ts';

const StatisticsDialog = later(async () => (await import('../statistics/statistics-dialog.tsx')).loadDialog());
const PhoneDialog = later(async () => (await import('./phone-dialog.tsx')).PhoneDialog);

const NoticesDialog = later(async () => {
  const [{ NoticesDialog: loaded }] = await Promise.all([
    import('../notices/notices-dialog.tsx'),
    import('../notices/speak-notices.ts').then(({ speakNotices }) => speakNotices()),
  ]);
  return loaded;
});

/** All that is about the page itself, and not about a chat. `showsShortcuts` is set to show the list of them. */
export function MainMenu({ app, showsShortcuts }: { app: App; showsShortcuts: Signal<boolean> }): JSX.Element {
  const link = useSignal<string | undefined>(undefined);
  const showsStatistics = useSignal(false);
  const choosesNotices = useSignal(false);
  const { user } = app.me;
  const show = async () => {
    link.value = await app.newLink();
  };
  const groups: MenuGroup[] = [
    { label: t('shell.notifications'), items: [soundItem(), ...pushItems(app, choosesNotices)] },
    {
      label: t('shell.windows'),
      items: [
        {
          label: t('shell.phone'),
          icon: 'phone',
          choose: () => void show().catch(() => app.toast(t('shell.no-link'))),
        },
        {
          label: t('shell.own-window'),
          icon: 'window',
          choose: () => void openWindow(app.newLink).catch(() => app.toast(t('shell.no-link'))),
        },
        {
          label: t('shell.statistics'),
          icon: 'clock',
          choose: () => {
            showsStatistics.value = true;
          },
        },
        {
          label: t('shell.shortcuts'),
          icon: 'keyboard',
          hint: '?',
          choose: () => {
            showsShortcuts.value = true;
          },
        },
      ],
    },
    languageGroup(),
    themeGroup(),
    {
      label: t('shell.session'),
      items: [{ label: t('shell.sign-out'), icon: 'out', choose: () => void app.signOut() }],
    },
  ];
  const head = user && (
    <div class="menu-user">
      <Avatar name={user.name} seed={user.id} />
      <b dir="auto">{user.name}</b>
    </div>
  );
  return (
    <>
      <MenuButton icon="menu" label={t('shell.menu')} groups={groups} head={head} />
      {showsStatistics.value && (
        <StatisticsDialog
          app={app}
          onClose={() => {
            showsStatistics.value = false;
          }}
        />
      )}
      {choosesNotices.value && (
        <NoticesDialog
          push={app.push}
          onClose={() => {
            choosesNotices.value = false;
          }}
        />
      )}
      {link.value && (
        <PhoneDialog
          link={link.value}
          onClose={() => {
            link.value = undefined;
          }}
        />
      )}
    </>
  );
}

function soundItem(): MenuItem {
  const isOn = sound.value !== 'off';
  return {
    label: t('shell.sound'),
    icon: isOn ? 'sound' : 'sound-off',
    isOn,
    isSwitch: true,
    choose: () => setSound(!isOn),
  };
}

function pushItems({ push, toast }: App, chooses: Signal<boolean>): MenuItem[] {
  const state = push.state.value;
  if (state === 'impossible') return [];
  const isOn = state === 'on';
  const change = () => (isOn ? push.turnOff() : push.turnOn());
  return [
    {
      label: t('shell.push'),
      icon: 'bell',
      isOn,
      isSwitch: true,
      isDisabled: state === 'denied',
      ...(state === 'denied' && { note: t('shell.push-denied') }),
      choose: () => void change().catch(() => toast(t('shell.push-failed'))),
    },
    ...(push.choice.value
      ? [
          {
            label: t('shell.push-choice'),
            icon: 'bell' as const,
            choose: () => {
              chooses.value = true;
            },
          },
        ]
      : []),
  ];
}
