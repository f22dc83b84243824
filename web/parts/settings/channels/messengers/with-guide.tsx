import { useSignal } from '@preact/signals';
import { type ComponentChildren, Fragment, type JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { NotLoaded } from '../../kit/not-loaded.tsx';
import type { Guide } from './guide.ts';
import { guideOf, loadGuide, offerOf } from './guides.ts';

interface WithGuideProps {
  readonly transport: string;
  readonly children: (guide: Guide | undefined) => ComponentChildren;
}

/**
 * Shows what needs the guide of a messenger once it is loaded, without one at once if the page does not know the
 * messenger, and says so if it cannot be loaded.
 */
export function WithGuide({ transport, children }: WithGuideProps): JSX.Element {
  const hasFailed = useSignal(false);
  const guide = guideOf(transport);
  useEffect(() => {
    hasFailed.value = false;
    loadGuide(transport).catch(() => {
      hasFailed.value = true;
    });
  }, [transport]);
  if (guide || !offerOf(transport)) return <>{children(guide)}</>;
  return hasFailed.value ? <NotLoaded /> : <Fragment />;
}
