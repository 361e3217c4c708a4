/** Puts the cursor into the first control as soon as it can be seen. A popover is placed before it is shown, and what is
 * not shown yet cannot take the cursor, so `autoFocus` on the control itself would be lost. */
import { type ReactNode, useEffect, useRef } from 'react';

export function FocusFirst({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let frame = requestAnimationFrame(function look() {
      const control = box.current?.querySelector<HTMLElement>('input, textarea, button, [role=slider]');
      if (control?.checkVisibility({ visibilityProperty: true })) control.focus();
      else frame = requestAnimationFrame(look);
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return <div ref={box}>{children}</div>;
}
