import { signal } from '@preact/signals';
import type { ComponentType, JSX } from 'preact';
import { useEffect } from 'preact/hooks';

/** A component that is loaded when it is first shown. Until then nothing is in its place. */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): (props: Props) => JSX.Element | null {
  const loaded = signal<ComponentType<Props> | undefined>(undefined);
  return function Later(props) {
    useEffect(() => {
      if (loaded.peek() === undefined) {
        load().then(
          (component) => {
            loaded.value = component;
          },
          // Without a connection: it is asked for again when it is shown again.
          () => undefined,
        );
      }
    }, []);
    const { value: Loaded } = loaded;
    return Loaded ? <Loaded {...props} /> : null;
  };
}
