import { signal } from '@preact/signals';
import type { ComponentType, JSX } from 'preact';
import { useEffect } from 'preact/hooks';

/**
 * A component that is loaded when it is first shown. Until then nothing is in its place; if it cannot be loaded,
 * `Failed` is, and without that it is asked for again when it is shown again.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Failed?: ComponentType,
): (props: Props) => JSX.Element | null {
  const loaded = signal<ComponentType<Props> | undefined>(undefined);
  const hasFailed = signal(false);
  return function Later(props) {
    useEffect(() => {
      if (loaded.peek() === undefined) {
        load().then(
          (component) => {
            loaded.value = component;
          },
          () => {
            hasFailed.value = true;
          },
        );
      }
    }, []);
    const { value: Loaded } = loaded;
    if (Loaded) return <Loaded {...props} />;
    return Failed && hasFailed.value ? <Failed /> : null;
  };
}
