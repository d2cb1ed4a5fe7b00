import { Button, Group, Stack, Stepper } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useEngine } from '../../app/engine';
import { FormError, PageHeader } from '../../ui';
import type { Translate } from '../../../shared/words/translate';
import {
  type FoundingDraft,
  STEPS,
  type Step,
  foundingPayload,
  newDraft,
  problemsOf,
} from '../../../shared/engine/founding-draft';
import { ProblemList } from './problem-list';
import { MembersStep } from './members-step';
import { ProtocolsStep } from './protocols-step';
import { PurposeStep } from './purpose-step';
import classes from './founding.module.css';
import { ReviewStep } from './review-step';
import { useFounding } from './store';
import { YouStep } from './you-step';

const FIRST_UNIT = 'EUR';

/** From nothing to a founded network, in steps that lose nothing when one goes back. */
export function Founding() {
  const { t } = useTranslation('founding');
  const templates = useTranslation('templates').t as Translate;
  const { draft, set } = useFounding();
  useEffect(() => {
    if (draft === null) set(newDraft(templates, FIRST_UNIT, t('you.deviceDefault')));
  }, [draft, set, templates, t]);
  return draft === null ? null : <Wizard draft={draft} />;
}

function Wizard({ draft }: { readonly draft: FoundingDraft }) {
  const { t } = useTranslation('founding');
  const templates = useTranslation('templates').t as Translate;
  const { step, set, go, clear } = useFounding();
  const engine = useEngine();
  const [, navigate] = useLocation();
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const form = useRef<HTMLFormElement>(null);
  const founded = useRef(false);
  // Not before: an empty first step would be shown, and take the focus, until the network is there.
  useEffect(
    () => () => {
      if (founded.current) clear();
    },
    [clear],
  );
  const at = STEPS.indexOf(step);
  const problems = problemsOf(draft, step);
  const visible = asked ? problems : [];

  const move = (to: Step) => {
    setAsked(false);
    setError(undefined);
    go(to);
    window.scrollTo({ top: 0 });
    // The keyboard and a screen reader begin at the new step's heading, not at the button below it.
    form.current?.querySelector('h1')?.focus({ preventScroll: true });
  };
  const show = () => {
    setAsked(true);
    // Once the fields have their messages, the person is taken to the first of them.
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  const next = () => {
    const following = STEPS[at + 1];
    if (problems.length > 0) show();
    else if (following !== undefined) move(following);
    else void found();
  };
  const found = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const id = await engine.calls.found(foundingPayload(draft, templates));
      founded.current = true;
      navigate(`/n/${id}`);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        next();
      }}
    >
      <PageHeader title={t(`${step}.title`)} documentTitle={t('title')} subtitle={t(`${step}.subtitle`)} />
      <Stack gap="xl">
        <Stepper
          active={at}
          size="xs"
          onStepClick={(index) => {
            const target = STEPS[index];
            if (target !== undefined && index < at) move(target);
          }}
          allowNextStepsSelect={false}
          aria-label={t('steps')}
          classNames={{ stepBody: classes['step'] ?? '' }}
        >
          {STEPS.map((each) => (
            <Stepper.Step key={each} label={t(`${each}.step`)} />
          ))}
        </Stepper>
        {step === 'purpose' && <PurposeStep draft={draft} onChange={set} problems={visible} />}
        {step === 'members' && <MembersStep draft={draft} onChange={set} />}
        {step === 'protocols' && <ProtocolsStep draft={draft} onChange={set} problems={visible} />}
        {step === 'you' && <YouStep draft={draft} onChange={set} problems={visible} />}
        {step === 'review' && <ReviewStep draft={draft} onEdit={move} />}
        <ProblemList problems={visible} />
        <FormError error={error} />
        <Group justify="space-between">
          {at === 0 ? (
            <Button variant="default" onClick={() => navigate('/')}>
              {t('leave')}
            </Button>
          ) : (
            <Button variant="default" onClick={() => move(STEPS[at - 1]!)}>
              {t('back')}
            </Button>
          )}
          <Button type="submit" loading={busy}>
            {step === 'review' ? t('found') : t('next')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
