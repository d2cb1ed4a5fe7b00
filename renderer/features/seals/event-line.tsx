import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useEvent } from '../../app/recorded';
import { ErrorState, Loading, Moment, useEventSentence } from '../../ui';
import type { EventView } from '../../../shared/engine/contract';

/** One signed event as evidence: what it says, when, and the way to it. */
export function EventLine({ id }: { readonly id: string }) {
  const { view, error, retry } = useEvent(id);
  if (view !== undefined) return <Line view={view} />;
  return error === undefined ? <Loading /> : <ErrorState error={error} retry={retry} />;
}

function Line({ view }: { readonly view: EventView }) {
  const { t } = useTranslation('seals');
  const { sentence } = useEventSentence(view);
  return (
    <Text component="div">
      {sentence} · <Moment time={view.time} exact /> ·{' '}
      <Anchor component={Link} href={`/record/${view.id}`} c="inherit" underline="always">
        {t('open')}
      </Anchor>
    </Text>
  );
}
