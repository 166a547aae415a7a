import { useLayoutEffect, useRef } from 'preact/hooks';

/** When the component goes, the focus goes back to what had it before. @param isElsewhere whether another place is to have it */
export function useFocusGivenBack(isElsewhere = false): void {
  const opener = useRef(document.activeElement);
  const elsewhere = useRef(isElsewhere);
  elsewhere.current = isElsewhere;
  useLayoutEffect(
    () => () => {
      if (!elsewhere.current && opener.current instanceof HTMLElement) opener.current.focus();
    },
    [],
  );
}
