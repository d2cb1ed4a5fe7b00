import { Anchor, Badge, Button, Group, Text, Tooltip } from '@mantine/core';
import { IconUsers, IconWorld, IconWorldExclamation } from '@tabler/icons-react';
import { Suspense, lazy, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type Page, pageText } from '../../../../shared/commons/pages';
import { canonicalText } from '../../../../shared/commons/text/canonical';
import { foreseeWithdrawal } from '../../../../shared/network/publication/foreseen';
import type { Publication } from '../../../../shared/network/publication/model';
import { publicationsOf, publishingOf } from '../../../../shared/network/publication/queries';
import { type OpenDoc, useDocValue } from '../../../app/docs';
import { useAct, useMe, useNetwork, useText } from '../../../app/network';
import { ConfirmButton, WhyButton, WhyNot } from '../../../ui';

/** With what reads the agreement: loaded when somebody asks for it. */
const MakePublic = lazy(async () => ({ default: (await import('./make-public')).MakePublic }));

type Look = 'members' | 'waiting' | 'public' | 'changed' | 'unread';

/** For whom a page is, and what can be done about that. */
export function PagePublication({ page, doc }: { readonly page: Page; readonly doc: OpenDoc }) {
  const { state } = useNetwork();
  const all = useMemo(() => publicationsOf(state, page.id), [state, page.id]);
  const shown = all.find(({ status }) => status === 'public') ?? all.find(({ status }) => status === 'waiting');
  return (
    <Group gap="sm" align="center">
      {shown === undefined ? <Standing look="members" /> : <Compared page={page} doc={doc} shown={shown} />}
      {shown !== undefined && <WhyButton why={shown.why} sealed={shown.sealed ?? null} />}
      <Actions page={page} doc={doc} shown={shown} />
      {shown?.status === 'public' && all.some(({ status }) => status === 'waiting') && <Note words="note.waiting" />}
      {all[0]?.status === 'clashing' && <Note words="note.clashing" />}
      {all[0]?.status === 'lapsed' && <Note words="note.lapsed" />}
      {shown === undefined && all[0]?.status === 'withdrawn' && <Note words="note.withdrawn" />}
      <Open page={page.id} />
    </Group>
  );
}

const LOOKS = {
  members: { color: 'gray', Icon: IconUsers },
  waiting: { color: 'blue', Icon: IconWorld },
  public: { color: 'green', Icon: IconWorld },
  changed: { color: 'yellow', Icon: IconWorldExclamation },
  unread: { color: 'gray', Icon: IconWorldExclamation },
} as const;

function Standing({ look }: { readonly look: Look }) {
  const { t } = useTranslation('publication');
  const { color, Icon } = LOOKS[look];
  return (
    <Tooltip label={t(`hint.${look}`)} multiline maw="22rem" events={{ hover: true, focus: true, touch: true }}>
      <Badge
        color={color}
        variant="light"
        tabIndex={0}
        style={{ cursor: 'help' }}
        leftSection={<Icon size={13} aria-hidden />}
      >
        {t(`badge.${look}`)}
      </Badge>
    </Tooltip>
  );
}

const canonicalOf = (doc: OpenDoc['doc']): string => canonicalText(pageText(doc));

/** What is public beside what the page says by now. */
function Compared({ page, doc, shown }: { page: Page; doc: OpenDoc; shown: Publication }) {
  const now = useDocValue(doc, canonicalOf);
  const title = useText(shown.title);
  const text = useText(shown.text);
  if (title === undefined || text === undefined || now === undefined) return null;
  if (title === null || text === null) return <Standing look="unread" />;
  if (shown.status === 'waiting') return <Standing look="waiting" />;
  return <Standing look={title === page.title && text === now ? 'public' : 'changed'} />;
}

interface ActionsProps {
  readonly page: Page;
  readonly doc: OpenDoc;
  readonly shown: Publication | undefined;
}

function Actions({ page, doc, shown }: ActionsProps) {
  const { t } = useTranslation('publication');
  const { state } = useNetwork();
  const me = useMe();
  const act = useAct();
  const [opened, setOpened] = useState(false);
  const [asked, setAsked] = useState(false);
  const open = (): void => {
    setAsked(true);
    setOpened(true);
  };
  if (me === null) return null;
  const label = t(shown === undefined ? 'make.open' : 'make.again');
  const foreseen = shown === undefined ? undefined : foreseeWithdrawal(state, me.member, page.id);
  return (
    <>
      {!page.deleted && (
        <Button variant="subtle" size="compact-sm" aria-haspopup="dialog" onClick={open}>
          {label}
        </Button>
      )}
      {asked && (
        <Suspense fallback={null}>
          <MakePublic page={page} doc={doc} member={me.member} opened={opened} onClose={() => setOpened(false)} />
        </Suspense>
      )}
      {shown !== undefined &&
        (foreseen === undefined ? (
          <ConfirmButton
            variant="subtle"
            size="compact-sm"
            title={t('back.title')}
            text={t('back.text')}
            confirm={t('back.confirm')}
            onConfirm={() => act('page.withdraw', { page: page.id })}
          >
            {t('back.action')}
          </ConfirmButton>
        ) : (
          <WhyNot foreseen={foreseen} what={t('back.action')} />
        ))}
    </>
  );
}

function Note({ words }: { readonly words: string }) {
  const { t } = useTranslation('publication');
  return (
    <Text size="sm" c="dimmed">
      {t(words)}
    </Text>
  );
}

/** Proposals about it that are not decided. */
function Open({ page }: { readonly page: string }) {
  const { t } = useTranslation('publication');
  const { state } = useNetwork();
  return publishingOf(state, page).open.map((id) => (
    <Anchor key={id} component={Link} href={`/decisions/${id}`} size="sm">
      {t('note.open')}
    </Anchor>
  ));
}
