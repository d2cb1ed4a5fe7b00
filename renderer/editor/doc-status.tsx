import { Anchor, Button, Group, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import { type OpenDoc, usePresence } from '../app/docs';
import { useMe } from '../app/network';
import { MemberName } from '../ui/member-name';
import { Moment } from '../ui/moment';
import { Diverged } from './diverged/diverged';
import { useDocHistory } from './history/use-history';
import { HistoryDrawer } from './history/history-drawer';
import { useNameOf } from './member-names';
import { PeopleHere } from './people-here';
import { useNews } from './seen';

interface Props {
  /** From `useDoc`, once it is `synced`. */
  readonly doc: OpenDoc;
  /** The text that history and news are about; a stable function. */
  readonly textIn: (doc: Y.Doc) => Y.XmlFragment;
  readonly readOnly?: boolean;
  /** Document id of the text's discussion, where its named versions are kept. */
  readonly discussion?: string;
}

/** One line above a text: who else is here, who changed it last, what is new since one's last visit, and its history. */
export function DocStatus({ doc, textIn, readOnly = false, discussion }: Props) {
  const { t, i18n } = useTranslation('editor');
  const [opened, setOpened] = useState(false);
  const me = useMe();
  const others = usePresence(doc, me?.member);
  const history = useDocHistory(doc);
  const { news, markSeen } = useNews(doc, textIn, history);
  const nameOf = useNameOf();
  const last = history.changes?.at(-1);
  const names = (news?.who ?? []).map((member) => (member === null ? t('news.someone') : nameOf(member)));
  return (
    <div>
      <Group justify="space-between" gap="xs" mih="2rem">
        <Group gap="xs">
          <Text size="sm" c="dimmed">
            {last !== undefined && (
              <>
                {t('lastChange')} {last.member === null ? t('history.unknownAuthor') : <MemberName id={last.member} />}{' '}
                · <Moment time={last.time} />
              </>
            )}
          </Text>
          <PeopleHere members={others} />
        </Group>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconHistory size={16} aria-hidden />}
          onClick={() => setOpened(true)}
        >
          {t('history.title')}
        </Button>
      </Group>
      <Diverged doc={doc.id} textIn={textIn} />
      <div aria-live="polite">
        {news !== null && (
          <Text size="sm">
            {t('news.by', { who: new Intl.ListFormat(i18n.language).format(names), count: names.length })}{' '}
            <Anchor component="button" type="button" inherit onClick={() => setOpened(true)}>
              {t('news.show')}
            </Anchor>
            {' · '}
            <Anchor component="button" type="button" inherit onClick={markSeen}>
              {t('news.seen')}
            </Anchor>
          </Text>
        )}
      </div>
      <HistoryDrawer
        doc={doc}
        textIn={textIn}
        opened={opened}
        onClose={() => setOpened(false)}
        lastSeen={news?.before ?? null}
        {...(discussion === undefined ? {} : { discussion })}
        readOnly={readOnly || me === null}
      />
    </div>
  );
}
