import { Alert, Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { type Page, pageText } from '../../../../shared/commons/pages';
import { canonicalText } from '../../../../shared/commons/text/canonical';
import { versionInForce } from '../../../../shared/network/agreement/queries';
import { electorateNow } from '../../../../shared/network/decisions/queries';
import { foreseeRight } from '../../../../shared/network/foreseen/foreseen';
import { publicationRuleIn, publishesAlone } from '../../../../shared/network/publication/entitled';
import { MAX_TEXT } from '../../../../shared/record/text';
import type { OpenDoc } from '../../../app/docs';
import { useAct, useNetwork } from '../../../app/network';
import { ClauseLink, FormError, WhyNot } from '../../../ui';
import { PublicText } from '../../../ui/public-text/public-text';
import { namesIn, ruleSentence, useWords } from '../../agreement';

const DAY = 86_400_000;
const MAX_TITLE = 200;

interface Props {
  readonly page: Page;
  readonly doc: OpenDoc;
  readonly member: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Before a page is made public: exactly what would be, and what the agreement asks for it. */
export function MakePublic({ opened, onClose, ...props }: Props) {
  const { t } = useTranslation('publication');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('make.title', { page: props.page.title === '' ? t('untitled') : props.page.title })}
      size="xl"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {opened && <Content {...props} onClose={onClose} />}
    </Modal>
  );
}

function Content({ page, doc, member, onClose }: Omit<Props, 'opened'>) {
  const { t } = useTranslation('publication');
  const { state } = useNetwork();
  // What is shown is what is signed, whatever others write meanwhile.
  const [{ title, markdown }] = useState(() => ({ title: page.title, markdown: canonicalText(pageText(doc.doc)) }));
  const tooLong = markdown.length > MAX_TEXT;
  const version = versionInForce(state);
  if (version === undefined) return null;
  return (
    <Stack>
      <Text>{t('make.about')}</Text>
      <PublicText title={title} markdown={markdown} />
      {tooLong ? (
        <Alert color="orange" variant="light" role="alert">
          {t('make.tooLong', { most: MAX_TEXT, count: markdown.length })}
        </Alert>
      ) : (
        <Way page={page.id} title={title} markdown={markdown} member={member} onClose={onClose} />
      )}
    </Stack>
  );
}

interface WayProps {
  readonly page: string;
  readonly title: string;
  readonly markdown: string;
  readonly member: string;
  readonly onClose: () => void;
}

/** By this member alone, or by a proposal. */
function Way({ page, title, markdown, member, onClose }: WayProps) {
  const { t } = useTranslation('publication');
  const { state } = useNetwork();
  const act = useAct();
  const [, navigate] = useLocation();
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const version = versionInForce(state)!;
  const words = useWords(namesIn(version.protocols));
  const { rule, clause } = useMemo(() => publicationRuleIn(version), [version]);
  const alone = publishesAlone(state, member);
  const voters = electorateNow(state, rule).length;
  const unproposed = foreseeRight(state, member, 'propose');
  const run = async (make: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      await make();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  const published = { page, title: { text: title }, text: { text: markdown } };
  const publish = () =>
    run(async () => {
      await act('page.publish', published);
      onClose();
    });
  const propose = () =>
    run(async () => {
      const name = title === '' ? t('untitled') : title;
      const id = await act('proposal.open', {
        title: { text: t('make.proposal', { page: name }).slice(0, MAX_TITLE) },
        text: { text: reason.trim() },
        effect: { kind: 'publish', ...published },
        deadline: Date.now() + rule.days * DAY,
      });
      navigate(`/decisions/${id}`);
    });
  return (
    <>
      <div>
        <Text fw={600}>{t(alone ? 'make.alone' : 'make.decided', { label: rule.label })}</Text>
        {!alone && (
          <Text size="sm">
            {ruleSentence(rule, words)} {t('make.voters', { count: voters })}
          </Text>
        )}
        <Text size="sm" c="dimmed" component="div">
          <ClauseLink clause={clause} />
        </Text>
        <Text size="sm">{t('make.sealed')}</Text>
      </div>
      {!alone && unproposed === undefined && (
        <Textarea
          label={t('make.reason')}
          value={reason}
          maxLength={MAX_TEXT}
          autosize
          minRows={2}
          maxRows={8}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <FormError error={error} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        {alone && (
          <Button loading={busy} onClick={() => void publish()}>
            {t('make.now')}
          </Button>
        )}
        {!alone &&
          (unproposed === undefined ? (
            <Button loading={busy} disabled={voters === 0} onClick={() => void propose()}>
              {t('make.propose')}
            </Button>
          ) : (
            <WhyNot foreseen={unproposed} what={t('make.propose')} />
          ))}
      </Group>
    </>
  );
}
