import { signal } from '@preact/signals';
import type { ComponentType, JSX } from 'preact';
import { useEffect } from 'preact/hooks';

/**
 * A component that is loaded when it is first shown. Until then nothing is in its place; if it cannot be loaded,
 * `Failed` is, which may try again. Without it, it is asked for again when it is shown again.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Failed?: ComponentType<{ retry: () => void }>,
): (props: Props) => JSX.Element | null {
  const loaded = signal<ComponentType<Props> | undefined>(undefined);
  const hasFailed = signal(false);
  const ask = () => {
    hasFailed.value = false;
    load().then(
      (component) => {
        loaded.value = component;
      },
      () => {
        hasFailed.value = true;
      },
    );
  };
  return function Later(props) {
    useEffect(() => {
      if (loaded.peek() === undefined) ask();
    }, []);
    const { value: Loaded } = loaded;
    if (Loaded) return <Loaded {...props} />;
    return Failed && hasFailed.value ? <Failed retry={ask} /> : null;
  };
}
