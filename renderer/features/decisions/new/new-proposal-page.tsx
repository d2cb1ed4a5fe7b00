import {
  Alert,
  Button,
  Divider,
  Group,
  NativeSelect,
  NumberInput,
  Stack,
  Text,
  TextInput,
  Textarea,
} from '@mantine/core';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { versionInForce } from '../../../../shared/network/agreement/queries';
import { electorateNow } from '../../../../shared/network/decisions/queries';
import { hasRight } from '../../../../shared/network/membership/queries';
import { NETWORK_KEY, type State } from '../../../../shared/network/state';
import { MAX_TEXT } from '../../../../shared/record/text';
import type { Restoring } from '../../../../shared/peer/restoring-desk';
import { useAct, useMe, useNetwork, useText } from '../../../app/network';
import { FormError, PageHeader, WithRight, formatMoney, useLocale } from '../../../ui';
import { MentionLink } from '../../../ui/mention/mention-link';
import { type EffectDraft, OFFERED, type OfferedKind, effectOf } from './effect-draft';
import { EffectFields } from './effect-fields';
import { RulePreview } from './rule-preview';
import { useAbout } from './use-about';
import { ruleIn } from './rule-in';

const DAY = 86_400_000;
const MAX_TITLE = 200;
const MAX_DAYS = 365;

/** A proposal in the making; `?effect=parameters&protocol=…` and the like come from the pages that it is about. */
export function NewProposalPage({ search }: { readonly search: string }) {
  const { t } = useTranslation(['decisions', 'templates']);
  const { state, status } = useNetwork();
  const me = useMe()?.member;
  const act = useAct();
  const [, navigate] = useLocation();
  const [kind, setKind] = useState<OfferedKind>(() => kindIn(search));
  const [draft, setDraft] = useState<EffectDraft>(() => draftFrom(search, state, status.restoring));
  const [ownTitle, setOwnTitle] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [days, setDays] = useState<number | null>(null);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const change = useCallback((next: Partial<EffectDraft>) => setDraft((draft) => ({ ...draft, ...next })), []);

  const about = useAbout(search);
  const suggested = useSuggestedTitle(kind, draft);
  const title = ownTitle ?? suggested;
  const effect = effectOf(kind, draft, state);
  const found = ruleIn(state, kind, effect);
  const rule = found !== undefined && 'rule' in found ? found.rule : undefined;
  const restored = kind === 'restore' ? draft.member : undefined;
  const electorate = rule === undefined ? 0 : electorateNow(state, rule, restored).length;
  const talk = days ?? rule?.days ?? 0;

  const open = async () => {
    setAsked(true);
    if (title.trim() === '' || effect === null || electorate === 0) return;
    setBusy(true);
    setError(undefined);
    try {
      const id = await act('proposal.open', {
        title: { text: title.trim() },
        text: { text: about === null ? text.trim() : `${about.markdown}\n\n${text.trim()}`.trim() },
        effect,
        deadline: Date.now() + talk * DAY,
      });
      navigate(`/decisions/${id}`);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };

  const header = <PageHeader title={t('new.title')} subtitle={t('new.subtitle')} />;
  if (me === undefined || !hasRight(state, me, 'propose'))
    return (
      <>
        {header}
        <Alert variant="light">
          {t('new.mayNot')} <WithRight right="propose" what={t('new.title')} />
        </Alert>
      </>
    );
  return (
    <>
      {header}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void open();
        }}
      >
        <Stack gap="lg" maw="52rem">
          <NativeSelect
            label={t('new.kind')}
            value={kind}
            maw={440}
            data={OFFERED.map((each) => ({ value: each, label: t(`matters.${each}`, { ns: 'templates' }) }))}
            onChange={(event) => {
              setKind(OFFERED.find((each) => each === event.currentTarget.value) ?? 'none');
              setAsked(false);
              setDays(null);
            }}
          />
          <EffectFields kind={kind} draft={draft} onChange={change} />
          <TextInput
            label={t('new.titleLabel')}
            description={t('new.titleHint')}
            required
            value={title}
            maxLength={MAX_TITLE}
            error={asked && title.trim() === '' ? t('new.titleMissing') : null}
            onChange={(event) => setOwnTitle(event.currentTarget.value)}
          />
          {about !== null && (
            <Text size="sm" component="div">
              {t('new.about')} <MentionLink mention={about.mention} label={about.label} />
            </Text>
          )}
          <Textarea
            label={t('new.text')}
            description={t('new.textHint')}
            value={text}
            maxLength={MAX_TEXT}
            autosize
            minRows={4}
            maxRows={20}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <NumberInput
            label={t('new.days')}
            description={t('new.daysHint')}
            value={talk}
            min={0}
            max={MAX_DAYS}
            clampBehavior="strict"
            allowDecimal={false}
            allowNegative={false}
            hideControls
            styles={{ wrapper: { maxWidth: 220 } }}
            onChange={(value) => setDays(typeof value === 'number' ? value : null)}
          />
          <Divider />
          <RulePreview found={found} electorate={electorate} />
          {asked && effect === null && (
            <Alert color="red" variant="light" role="alert">
              {t('new.incomplete')}
            </Alert>
          )}
          <FormError error={error} />
          <Group justify="flex-end">
            <Button component={Link} href="/decisions" variant="default">
              {t('new.cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={electorate === 0}>
              {t('new.open')}
            </Button>
          </Group>
        </Stack>
      </form>
    </>
  );
}

function kindIn(search: string): OfferedKind {
  const asked = new URLSearchParams(search).get('effect');
  return OFFERED.find((kind) => kind === asked) ?? 'none';
}

function draftFrom(search: string, state: State, restoring: readonly Restoring[]): EffectDraft {
  const asked = new URLSearchParams(search);
  const protocol = asked.get('protocol') ?? '';
  const resource = asked.get('resource') ?? '';
  return {
    protocol,
    params: versionInForce(state)?.protocols.find((one) => one.id === protocol)?.params,
    applicant: asked.get('member') ?? '',
    member: asked.get('member') ?? '',
    restoring: restoring.find(({ device }) => device === asked.get('device')) ?? null,
    resource,
    event: asked.get('event') ?? '',
    text: asked.get('text') ?? '',
    amount: state.resources.get(resource)?.amount ?? Number.NaN,
    unit: state.network.get(NETWORK_KEY)?.unit ?? 'EUR',
    protocols: null,
  };
}

/** A title in the words of the effect, until the person writes their own. */
function useSuggestedTitle(kind: OfferedKind, draft: EffectDraft): string {
  const { t } = useTranslation('decisions');
  const { state } = useNetwork();
  const locale = useLocale();
  const member = useText(state.members.get(kind === 'admit' ? draft.applicant : draft.member)?.name);
  const resource = useText(state.resources.get(draft.resource)?.name);
  const version = versionInForce(state);
  const named = (name: string | null | undefined) =>
    name === null || name === undefined ? '' : t(`new.suggested.${kind}`, { name });
  switch (kind) {
    case 'none':
      return '';
    case 'erase':
      return t('new.suggested.erase');
    case 'adopt':
      return t('new.suggested.adopt', { number: (version?.number ?? 0) + 1 });
    case 'parameters':
    case 'suspend':
    case 'resume':
    case 'retire':
      return named(version?.protocols.find((protocol) => protocol.id === draft.protocol)?.title);
    case 'admit':
    case 'remove':
    case 'restore':
      return named(member);
    case 'spend':
      return Number.isSafeInteger(draft.amount)
        ? t('new.suggested.spend', { amount: formatMoney(draft.amount, draft.unit, locale) })
        : '';
    case 'distribute':
      return Number.isSafeInteger(draft.amount)
        ? t('new.suggested.distribute', { amount: formatMoney(draft.amount, draft.unit, locale) })
        : '';
    case 'buy':
      return named(resource);
  }
}
