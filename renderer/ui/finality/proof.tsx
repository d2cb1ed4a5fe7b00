import { Anchor, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { SealView, VoteView } from '../../../shared/seal/status';
import { useFinality, useSeal, useSealStatus } from '../../app/seals';
import { ErrorState } from '../errors';
import { Loading } from '../loading';
import { MemberName } from '../member-name';
import { Moment } from '../moment';
import type { Sealed } from './finality';
import classes from './finality.module.css';
import { NextSealWords } from './next-seal-words';

interface Props {
  readonly events: readonly string[];
  readonly sealed: Sealed;
}

/** From the events on: the seal whose cut has them, and the signatures that make it hold; or what it waits for. */
export function Proof({ events, sealed }: Props) {
  const { t } = useTranslation('ui');
  return (
    <section>
      <Title order={3} size="h4" mb="xs">
        {t('proof.title')}
      </Title>
      {sealed === undefined ? <OfEvents events={events} /> : <OfHeight height={sealed} />}
    </section>
  );
}

function OfEvents({ events }: { readonly events: readonly string[] }) {
  const { value, error, retry } = useFinality(events);
  if (value === undefined) return error === undefined ? <Loading /> : <ErrorState error={error} retry={retry} />;
  return <OfHeight height={value} />;
}

function OfHeight({ height }: { readonly height: number | null }) {
  return height === null ? <NotYet /> : <BySeal height={height} />;
}

function NotYet() {
  const { t } = useTranslation('ui');
  const { value } = useSealStatus(0);
  return (
    <Stack gap="xs">
      <Text>{t('finality.hint')}</Text>
      {value !== undefined && (
        <Text component="div">
          <NextSealWords next={value.next} />
        </Text>
      )}
      <AllSeals />
    </Stack>
  );
}

function BySeal({ height }: { readonly height: number }) {
  const { value, error, retry } = useSeal(height);
  if (value === undefined || value === null)
    return error === undefined ? <Loading /> : <ErrorState error={error} retry={retry} />;
  return <SealProof seal={value} />;
}

function SealProof({ seal }: { readonly seal: SealView }) {
  const { t } = useTranslation('ui');
  const { height, time, ready, signers, of, quorum } = seal;
  return (
    <Stack gap="sm">
      <Text>{t('proof.fixed', { height })}</Text>
      <Text size="sm" c="dimmed" component="div">
        {t('finality.agreedTime')} <Moment time={time} exact />
      </Text>
      <Votes label={t('proof.cut')} votes={ready} link={t('proof.asked')} />
      <Votes
        label={`${t('finality.signed', { signed: signers.length, count: of })} ${t('proof.quorum', { count: quorum })}`}
        votes={signers}
        link={t('proof.signature')}
      />
      <AllSeals />
    </Stack>
  );
}

function Votes(props: { readonly label: string; readonly votes: readonly VoteView[]; readonly link: string }) {
  const { label, votes, link } = props;
  return (
    <div>
      <Text mb={4}>{label}</Text>
      <ul className={classes['steps']}>
        {votes.map(({ member, event }) => (
          <li key={event}>
            <MemberName id={member} link /> ·{' '}
            <Anchor component={Link} href={`/record/${event}`} size="sm">
              {link}
            </Anchor>
          </li>
        ))}
      </ul>
    </div>
  );
}

function AllSeals() {
  const { t } = useTranslation('ui');
  return (
    <Anchor component={Link} href="/seals" size="sm">
      {t('proof.all')}
    </Anchor>
  );
}
