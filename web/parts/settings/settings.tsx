import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { useHashLocation } from 'wouter-preact/use-hash-location';
import { LiveRegion } from '../../kit/announce.tsx';
import { startClock } from '../../kit/clock.ts';
import { Icon } from '../../kit/icon.tsx';
import { MenuButton } from '../../kit/menu.tsx';
import type { SettingsModel } from '../../settings-models/settings.ts';
import { t } from '../../words/words.ts';
import { languageGroup, themeGroup } from '../shell/look-groups.ts';
import { VersionLine } from '../shell/version-line.tsx';
import { MENU, placeIn } from './address.ts';
import { focusTitle } from './kit/focus.ts';
import { Notices } from './kit/notice.tsx';
import { ScreenMenu } from './menu.tsx';
import { useNarrow } from './narrow.ts';
import { SCREENS, type Screen } from './screens.ts';

export { prepareSettings } from './prepare.ts';

/** The settings: the menu of its screens beside one of them. On a phone it is one or the other. */
export function Settings({ settings }: { settings: SettingsModel }): JSX.Element {
  useMemo(() => startClock(Date.parse(settings.me.time)), [settings]);
  const [location, navigate] = useHashLocation();
  const isNarrow = useNarrow();
  const place = placeIn(location);
  const named = SCREENS.find(({ name }) => name === place?.name);
  const isMenu = place !== undefined && place.name === undefined && isNarrow;
  const screen = named ?? SCREENS[0]!;
  const path = named ? place!.path : [];
  const isLost = location !== '/' && location !== '' && !isMenu && named === undefined;
  useEffect(() => {
    // An address that names nothing is no step to come back to.
    if (isLost) navigate(`/settings/${screen.name}`, { replace: true });
  }, [isLost]);
  const title = isMenu ? t('settings.title') : t(screen.title);
  useTitle(title, isMenu ? 'menu' : [screen.name, ...(screen.isFiltered ? [] : path)].join('/'));
  return (
    <div class="settings">
      {!isNarrow && (
        <div class="settings-side">
          <header class="settings-bar">
            <b class="settings-brand">{t('settings.title')}</b>
            <PageMenu settings={settings} />
          </header>
          <ScreenMenu current={screen} />
        </div>
      )}
      <main class="settings-screen">
        <header class="settings-bar">
          {isNarrow && !isMenu && <BackToMenu />}
          <h1 tabIndex={-1} data-title>
            {title}
          </h1>
          {isMenu && <PageMenu settings={settings} />}
        </header>
        <VersionLine page={settings} />
        {isMenu ? <ScreenMenu /> : <Body screen={screen} settings={settings} path={path} />}
      </main>
      <Notices />
      <LiveRegion />
    </div>
  );
}

function Body({
  screen,
  settings,
  path,
}: {
  screen: Screen;
  settings: SettingsModel;
  path: readonly string[];
}): JSX.Element {
  const { name, Content } = screen;
  return (
    <div class="settings-body">
      <Content key={name} settings={settings} path={path} />
    </div>
  );
}

/** Where the browser has come from the menu, going back is its own step back. */
function BackToMenu(): JSX.Element {
  return (
    <a class="icon-button" href={MENU} aria-label={t('settings.back')} title={t('settings.back')}>
      <Icon name="back" />
    </a>
  );
}

function PageMenu({ settings }: { settings: SettingsModel }): JSX.Element {
  const session = [{ label: t('shell.sign-out'), icon: 'out' as const, choose: () => void settings.signOut() }];
  const groups = [languageGroup(), themeGroup(), { label: t('shell.session'), items: session }];
  return <MenuButton icon="menu" label={t('shell.menu')} groups={groups} />;
}

/** The window has the name of what is shown, and the focus follows: `place` is where it is. */
function useTitle(title: string, place: string): void {
  const before = useRef(place);
  useEffect(() => {
    document.title = `${title} · Konvert`;
  }, [title, place]);
  useLayoutEffect(() => {
    if (before.current === place) return;
    before.current = place;
    document.querySelector('.settings-screen')?.scrollTo(0, 0);
    focusTitle();
  }, [place]);
}
