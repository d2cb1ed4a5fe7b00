import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ChangeParts } from './change-parts';
import classes from './history.module.css';
import { sideBySide } from './side-by-side';
import { textChanges } from './text-changes';

interface Props {
  readonly before: string;
  readonly after: string;
}

/** Two states of a text as one, with what went and what came. */
export function TextChangesView({ before, after }: Props) {
  const parts = useMemo(() => textChanges(before, after), [before, after]);
  if (before === after) return <Same />;
  return (
    <div className={classes['changes']} dir="auto">
      <ChangeParts parts={parts} />
    </div>
  );
}

interface SidesProps extends Props {
  /** What the two are called. */
  readonly names: readonly [before: string, after: string];
}

/** Two states of a text beside one another, block by block; one above the other where there is no room. */
export function SideBySideView({ before, after, names }: SidesProps) {
  const rows = useMemo(() => sideBySide(before, after), [before, after]);
  if (before === after) return <Same />;
  return (
    <div className={classes['sides']}>
      <div className={classes['row']} aria-hidden>
        {names.map((name, index) => (
          <Text key={index} fw={600} size="sm" className={classes['heading']}>
            {name}
          </Text>
        ))}
      </div>
      {rows.map((row, index) => (
        <div key={index} className={classes['row']}>
          {([row.before, row.after] as const).map((parts, side) => (
            <div key={side} className={classes['side']} data-empty={parts === null || undefined}>
              {parts !== null && (
                <>
                  <span className={classes['name']}>{names[side]}: </span>
                  <div className={classes['changes']} dir="auto">
                    <ChangeParts parts={parts} />
                  </div>
                </>
              )}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

function Same() {
  const { t } = useTranslation('editor');
  return (
    <Text size="sm" c="dimmed">
      {t('history.same')}
    </Text>
  );
}
