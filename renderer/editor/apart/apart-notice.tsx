import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowsJoin } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import * as Y from 'yjs';
import type { ChangedApart } from '../../../shared/commons/apart';
import { blockText, changeOneBlock } from '../../../shared/commons/text/change-text';
import { type OpenDoc, useDocValue } from '../../app/docs';
import { Markdown } from '../../ui/markdown/markdown';
import classes from '../history/history.module.css';
import { TextChangesView } from '../history/text-changes-view';
import { shortQuote } from '../short-quote';
import { Settling } from './settling';
import { useApart } from './use-apart';
import { useOthers } from './use-others';

interface Props {
  readonly doc: OpenDoc;
  readonly fragment: Y.XmlFragment;
  /** Goes into the text, to a block by its number. */
  readonly onEdit: (block: ChangedApart['block']) => void;
}

/** Says which paragraphs of a text this person and others changed while apart, and lets the person settle each. Nothing where there are none. */
export function ApartNotice({ doc, fragment, onEdit }: Props) {
  const { found, settle } = useApart(doc.id);
  const name = Y.findRootTypeKey(fragment);
  const here = found.filter(({ text }) => text === name);
  return here.map((each) => (
    <OneNotice
      key={each.block.join(':')}
      apart={each}
      doc={doc}
      fragment={fragment}
      onSettle={() => settle(each.block)}
      onEdit={() => {
        settle(each.block);
        onEdit(each.block);
      }}
    />
  ));
}

interface OneProps {
  readonly apart: ChangedApart;
  readonly doc: OpenDoc;
  readonly fragment: Y.XmlFragment;
  readonly onSettle: () => void;
  readonly onEdit: () => void;
}

function OneNotice({ apart, doc, fragment, onSettle, onEdit }: OneProps) {
  const { t } = useTranslation('editor');
  const [opened, setOpened] = useState(false);
  const { block, after, before, mine, theirs, who } = apart;
  const others = useOthers(who);
  const read = useCallback(() => blockText(fragment, block), [fragment, block]);
  const now = useDocValue(doc, read) ?? null;
  const take = (text: string | null) => {
    changeOneBlock(fragment, block, after, text);
    onSettle();
  };
  return (
    <Alert
      variant="light"
      color="yellow"
      icon={<IconArrowsJoin size={18} aria-hidden />}
      title={t('apart.title', { who: others, quote: shortQuote(before) })}
      role="status"
      mb="sm"
    >
      <Stack gap="sm" align="stretch">
        <Text size="sm">{now === null ? t('apart.isGone') : t('apart.isMerged')}</Text>
        {opened && (
          <Stack gap="sm">
            <Side title={t('apart.before')} text={before} />
            <div className={classes['sides']}>
              <div className={classes['row']}>
                <Change title={t('apart.mine')} before={before} after={mine} />
                <Change title={others} before={before} after={theirs} />
              </div>
            </div>
            <Change title={t('apart.merged')} before={before} after={now} />
          </Stack>
        )}
        <Group gap="xs">
          <Button size="xs" variant="default" aria-expanded={opened} onClick={() => setOpened(!opened)}>
            {opened ? t('apart.hide') : t('apart.show')}
          </Button>
          <Settling others={others} onKeep={onSettle} onMine={() => take(mine)} onTheirs={() => take(theirs)} />
          {now !== null && (
            <Button size="xs" variant="default" onClick={onEdit}>
              {t('apart.edit')}
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}

function Side({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <div>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <Markdown text={text} />
    </div>
  );
}

interface ChangeProps {
  readonly title: string;
  readonly before: string;
  /** Null: it was deleted. */
  readonly after: string | null;
}

function Change({ title, before, after }: ChangeProps) {
  const { t } = useTranslation('editor');
  return (
    <div>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      {after === null ? <Text size="sm">{t('apart.gone')}</Text> : <TextChangesView before={before} after={after} />}
    </div>
  );
}
