import { Anchor, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useRecent } from '../../app/recorded';
import { ErrorState, EventSentence, Loading, Moment } from '../../ui';
import classes from './home.module.css';

const SHOWN = 10;

/** The newest events as sentences. */
export function Recent() {
  const { t } = useTranslation('home');
  const { events, error, retry } = useRecent(SHOWN);
  return (
    <section aria-labelledby="recent">
      <Title order={2} id="recent" mb="xs">
        {t('recent.title')}
      </Title>
      {error !== undefined && <ErrorState error={error} retry={retry} />}
      {events === undefined && error === undefined && <Loading />}
      <ul className={classes['list']}>
        {events?.map((view) => (
          <li key={view.id}>
            <EventSentence view={view} />
            <Text size="sm" c="dimmed">
              <Moment time={view.time} />
            </Text>
          </li>
        ))}
      </ul>
      <Anchor component={Link} href="/record" size="sm" mt="xs" display="inline-block">
        {t('recent.all')}
      </Anchor>
    </section>
  );
}
