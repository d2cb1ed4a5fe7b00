import { Code, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MeetingStatus, PlaceKind } from '../../../../shared/engine/contract';
import { useNetwork } from '../../network';
import classes from '../shell.module.css';

/** Addresses where devices look for each other, where each is from, and whether it answers. */
export function Places() {
  const { t } = useTranslation('app');
  const { online, meeting } = useNetwork().status;
  const places = meeting?.places ?? [];
  return (
    <section>
      <Title order={3} size="h4">
        {t('sync.places')}
      </Title>
      <Text size="sm" c="dimmed" mt={4}>
        {t('sync.placesHint')}
      </Text>
      <ul className={classes['people']}>
        {places.map((place) => (
          <Place key={place.address} {...place} />
        ))}
      </ul>
      {places.length === 0 && (
        <Text size="sm" mt="xs">
          {t(online ? 'sync.noPlaces' : 'sync.noneOffline')}
        </Text>
      )}
    </section>
  );
}

function Place({ address, kind, connected, tried }: MeetingStatus['places'][number]) {
  const { t } = useTranslation('app');
  return (
    <li>
      <span className={classes['dot']} data-on={connected} aria-hidden />
      <div>
        <Code>{address}</Code>
        <Text size="sm" c="dimmed">
          {kind !== null && <Kind kind={kind} />}
          {t(connected ? 'sync.reachable' : tried ? 'sync.unreachable' : 'sync.askingPlace')}
        </Text>
      </div>
    </li>
  );
}

function Kind({ kind }: { readonly kind: PlaceKind }) {
  const { t } = useTranslation('sync');
  return <>{t(`place.${kind}`)} · </>;
}
