import { Button, Stack, Text, Title } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowsSplit2,
  IconAt,
  IconCalendarDue,
  IconCalendarQuestion,
  IconChecklist,
  IconChevronRight,
  IconCoin,
  IconGavel,
  IconGitFork,
  IconQuestionMark,
  IconUserExclamation,
  IconUserQuestion,
} from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Backlink } from '../../../shared/commons/links/backlinks';
import { type Need, needKey } from '../../../shared/network/needs/needs';
import type { State } from '../../../shared/network/state';
import { useMentions } from '../../app/mentions';
import { useNeeds } from '../../app/needs';
import { othersOf } from '../../app/shell/delivery';
import { useNetwork } from '../../app/network';
import { Day, DetachedText, MemberName, Moment, Money, useNow } from '../../ui';
import { usePayDues } from '../../ui/dues';
import { foundHref } from '../../ui/found/href';
import classes from './home.module.css';

const SHOWN_AT_FIRST = 8;

const ICONS = {
  fork: IconGitFork,
  restoring: IconUserExclamation,
  vote: IconChecklist,
  'unclear-ballot': IconQuestionMark,
  close: IconGavel,
  applicant: IconUserQuestion,
  pledge: IconCoin,
  dues: IconCalendarDue,
  clash: IconArrowsSplit2,
  booking: IconCalendarQuestion,
  breach: IconAlertTriangle,
} as const satisfies Record<Need['kind'], unknown>;

/** One list of all that waits for the person at this device. */
export function NeedsMe() {
  const { t } = useTranslation('home');
  const needs = useNeeds();
  const { links, follow } = useMentions();
  const { status } = useNetwork();
  const alone = othersOf(status).length === 0;
  const [all, setAll] = useState(false);
  const shown = all ? needs : needs.slice(0, SHOWN_AT_FIRST);
  return (
    <section aria-labelledby="needs">
      <Title order={2} id="needs" mb="xs">
        {t('needs.title')}
      </Title>
      {needs.length + links.length === 0 && (alone ? <InviteOthers /> : <Text c="dimmed">{t('needs.none')}</Text>)}
      <ul className={classes['list']}>
        {shown.map((need) => (
          <li key={needKey(need)} className={classes['needItem']}>
            <NeedLink need={need} />
          </li>
        ))}
        {links.slice(0, SHOWN_AT_FIRST).map((link) => (
          <li key={`${link.kind}:${link.id}`} className={classes['needItem']}>
            <MentionLink link={link} onFollow={() => follow(link)} />
          </li>
        ))}
      </ul>
      {shown.length < needs.length && (
        <Button variant="subtle" size="compact-sm" mt="xs" onClick={() => setAll(true)}>
          {t('needs.more', { count: needs.length - shown.length })}
        </Button>
      )}
    </section>
  );
}

/** A text that mentions the person. Once it is followed it is no news any more. */
function MentionLink({ link, onFollow }: { readonly link: Backlink; readonly onFollow: () => void }) {
  const { t } = useTranslation('home');
  return (
    <Item
      href={foundHref({ ...link, about: null })}
      icon={IconAt}
      what={t('needs.mentioned')}
      subject={<bdi>{link.title === '' ? t('needs.untitled') : link.title}</bdi>}
      onClick={onFollow}
    />
  );
}

/** The first thing to do in a network that has just been founded. */
function InviteOthers() {
  const { t } = useTranslation('home');
  return (
    <Stack gap="sm" align="flex-start">
      <Text c="dimmed">{t('needs.alone')}</Text>
      <Button component={Link} href="/members?invite">
        {t('needs.invite')}
      </Button>
    </Stack>
  );
}

function NeedLink({ need }: { readonly need: Need }) {
  const { t } = useTranslation('home');
  const { state, status } = useNetwork();
  const payDues = usePayDues();
  const me = status.me?.member ?? '';
  const { subject, href, detail } =
    need.kind === 'dues'
      ? ofDues(need, me, payDues(me, { unit: need.unit, open: need.amount }))
      : describe(need, state);
  const what = need.kind === 'fork' && need.member === status.me?.member ? t('needs.ownFork') : t(`needs.${need.kind}`);
  return <Item href={href} icon={ICONS[need.kind]} what={what} subject={subject} detail={detail} />;
}

interface ItemProps extends Description {
  readonly icon: typeof IconAt;
  readonly what: string;
  readonly onClick?: () => void;
}

/** What is to be done, what it is about, and the way there. */
function Item({ href, icon: Icon, what, subject, detail, onClick }: ItemProps) {
  return (
    <Link href={href} className={classes['need']} {...(onClick === undefined ? {} : { onClick })}>
      <Icon size={22} stroke={1.6} aria-hidden style={{ flexShrink: 0 }} />
      <span className={classes['needText']}>
        <Text span size="sm" c="dimmed" display="block">
          {what}
          {detail !== undefined && <> · {detail}</>}
        </Text>
        <Text span fw={550}>
          {subject}
        </Text>
      </span>
      <IconChevronRight size={18} aria-hidden style={{ flexShrink: 0 }} className="mantine-rotate-rtl" />
    </Link>
  );
}

interface Description {
  readonly subject: ReactNode;
  readonly href: string;
  readonly detail?: ReactNode;
}

function describe(need: Exclude<Need, { kind: 'dues' }>, state: State): Description {
  switch (need.kind) {
    case 'vote':
      return { ...ofProposal(need.proposal, state), detail: <Deadline time={need.deadline} /> };
    case 'restoring':
    case 'unclear-ballot':
    case 'close':
    case 'clash':
      return ofProposal(need.proposal, state);
    case 'fork': {
      const label = state.devices.get(need.device)?.label;
      return {
        subject: <MemberName id={need.member} />,
        href: `/members/${need.member}`,
        ...(label === undefined || label === '' ? {} : { detail: <bdi>{label}</bdi> }),
      };
    }
    case 'applicant':
      return { subject: <MemberName id={need.member} />, href: `/members/${need.member}` };
    case 'pledge':
      return {
        subject: <DetachedText of={state.resources.get(need.resource)?.name} />,
        href: `/resources/${need.resource}`,
        detail: <Money amount={need.amount} unit={need.unit} />,
      };
    case 'booking': {
      const booking = state.bookings.get(need.booking);
      return {
        subject: <DetachedText of={state.resources.get(need.resource)?.name} />,
        href: `/resources/${need.resource}`,
        ...(booking === undefined ? {} : { detail: <Day date={booking.from} /> }),
      };
    }
    case 'breach':
      return { subject: <DetachedText of={state.entries.get(need.entry)?.memo} />, href: `/ledger/${need.entry}` };
  }
}

/** Leads to recording it; in a unit in which the form records nothing, to what it is made of. */
const ofDues = (
  { unit, amount, since }: Extract<Need, { kind: 'dues' }>,
  member: string,
  form: string | undefined,
): Description => ({
  subject: <Money amount={amount} unit={unit} />,
  href: form ?? `/members/${member}`,
  detail: <OpenSince date={since} />,
});

const ofProposal = (id: string, state: State): Description => ({
  subject: <DetachedText of={state.proposals.get(id)?.title} />,
  href: `/decisions/${id}`,
});

function OpenSince({ date }: { readonly date: string }) {
  const { t } = useTranslation('home');
  return (
    <>
      {t('needs.openSince')} <Day date={date} />
    </>
  );
}

function Deadline({ time }: { readonly time: number }) {
  const { t } = useTranslation('home');
  const now = useNow();
  return (
    <>
      {t(time > now ? 'needs.closes' : 'needs.overdue')} <Moment time={time} />
    </>
  );
}
