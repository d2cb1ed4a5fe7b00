import { Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import classes from './check-number.module.css';

interface Props {
  readonly label: string;
  readonly value: string;
  /** Takes the focus when it appears: where it takes the place of what had it. */
  readonly focus?: boolean;
}

/** A number to compare with another screen's. */
export function CheckNumber({ label, value, focus = false }: Props) {
  const shown = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (focus) shown.current?.focus({ preventScroll: true });
  }, [focus, value]);
  return (
    <Text ref={shown} className={classes['number']} role="group" aria-label={label} tabIndex={-1}>
      {value}
    </Text>
  );
}
