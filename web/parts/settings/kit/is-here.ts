import { useEffect, useRef } from 'preact/hooks';

/** Whether the screen is still looked at: who has left it while the server was asked is not led back to it. */
export function useIsHere(): { readonly current: boolean } {
  const isHere = useRef(true);
  useEffect(
    () => () => {
      isHere.current = false;
    },
    [],
  );
  return isHere;
}
