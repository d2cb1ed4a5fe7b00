import { Anchor, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { SealView } from '../../../shared/seal/status';
import { MemberName, Moment } from '../../ui';
import classes from './seals.module.css';

/** One seal: when, what it fixed, who signed it with each signature as a link, and its hashes on demand. */
export function SealItem({ seal }: { readonly seal: SealView }) {
  const { t } = useTranslation('seals');
  const { height, time, events, votes, signers, quorum, of, value, digest, proposal } = seal;
  return (
    <li>
      <Title order={3}>{t('seal', { height })}</Title>
      <Text size="sm" c="dimmed" component="div">
        <Moment time={time} exact /> · {t('events', { count: events })} {t('votes', { count: votes })}
      </Text>
      <Text my={4} component="div">
        {t('signed', { signed: signers.length, count: of, quorum })}{' '}
        {signers.map(({ member, event }, index) => (
          <span key={event}>
            {index > 0 && ', '}
            <Anchor component={Link} href={`/record/${event}`} inherit>
              <MemberName id={member} />
            </Anchor>
          </span>
        ))}
      </Text>
      <details className={classes['details']}>
        <summary>{t('details.title')}</summary>
        <dl className={classes['ids']}>
          <dt>{t('details.value')}</dt>
          <dd className={classes['id']}>{value}</dd>
          <dt>{t('details.digest')}</dt>
          <dd className={classes['id']}>{digest}</dd>
          <dt>{t('details.proposal')}</dt>
          <dd>
            <Anchor component={Link} href={`/record/${proposal}`} inherit className={classes['id'] ?? ''}>
              {proposal}
            </Anchor>
          </dd>
        </dl>
      </details>
    </li>
  );
}
