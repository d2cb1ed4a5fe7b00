import { Alert, Anchor, Badge, Box, Button, Group, Skeleton, Stack, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type Page, discussionDoc, pageDoc, pageText, restorePage } from '../../../shared/commons/pages';
import { useDoc } from '../../app/docs';
import { useMe } from '../../app/network';
import { CollaborativeEditor, DocStatus, Thread } from '../../editor';
import { EmptyState } from '../../ui/empty-state';
import { ErrorState } from '../../ui/errors';
import { LinkedFrom } from '../../ui/linked-from/linked-from';
import { PageHeader } from '../../ui/page-header';
import { useTurns } from '../../ui/use-turns';
import { useCommons } from './commons-context';
import classes from './commons.module.css';
import { PageFiles } from './files/page-files';
import { PageCertainty } from './page-certainty';
import { PageMenu } from './page-menu';
import { PagePath } from './page-path';
import { PagePublication } from './publication/page-publication';
import { PageTags } from './tags/page-tags';

/** One page: its text, who is in it and what changed, and its discussion. */
export function PageView({ id }: { readonly id: string }) {
  const { t } = useTranslation('commons');
  const page = useCommons().all.get(id);
  if (page === undefined)
    return (
      <EmptyState
        title={t('unknown.title')}
        text={t('unknown.text')}
        action={
          <Anchor component={Link} href="/commons">
            {t('unknown.back')}
          </Anchor>
        }
      />
    );
  return <KnownPage page={page} />;
}

function KnownPage({ page }: { readonly page: Page }) {
  const { t } = useTranslation('commons');
  const { index, made, setMade } = useCommons();
  const me = useMe();
  const doc = useDoc(pageDoc(page.id));
  const title = page.title === '' ? t('untitled') : page.title;
  const readOnly = me === null || page.deleted;
  // What the page is comes first, its text next, what is below it last.
  const turn = useTurns(2);
  // Whoever comes back to it is no longer about to begin it.
  useEffect(() => () => setMade((last) => (last === page.id ? null : last)), [page.id, setMade]);
  return (
    <Stack gap="xs">
      <Box mb="-lg">
        <div data-noprint>
          <PagePath id={page.id} />
        </div>
        <PageHeader
          title={title}
          subtitle={
            page.template ? (
              <Group gap="xs">
                <Badge variant="light">{t('template.badge')}</Badge>
                {t('template.hint')}
              </Group>
            ) : undefined
          }
          actions={turn > 0 && me !== null && !page.deleted && <PageMenu page={page} />}
        />
      </Box>
      {turn > 0 && (
        <div className={classes['facts']}>
          {doc?.synced === true && (
            <div className={classes['facts']} data-noprint>
              <PagePublication page={page} doc={doc} />
              {!page.deleted && <PageCertainty page={page} doc={doc} title={title} />}
            </div>
          )}
          <PageTags page={page} readOnly={readOnly} />
        </div>
      )}
      {page.deleted && (
        <Alert color="yellow" title={t('deleted.notice')}>
          {me !== null && (
            <Button variant="default" size="xs" onClick={() => restorePage(index, page.id)}>
              {t('deleted.restore')}
            </Button>
          )}
        </Alert>
      )}
      {doc?.problem !== undefined && <ErrorState error={doc.problem} />}
      {turn > 0 && doc?.synced === true ? (
        <>
          <div data-noprint>
            <DocStatus doc={doc} textIn={pageText} readOnly={readOnly} discussion={discussionDoc(page.id)} />
          </div>
          <CollaborativeEditor
            doc={doc}
            fragment={pageText(doc.doc)}
            label={t('textOf', { page: title })}
            readOnly={readOnly}
            discussion={discussionDoc(page.id)}
            startAt={made === page.id ? 'text' : null}
          />
          {turn > 1 && (
            <Box mt="md" data-noprint>
              <PageFiles doc={doc.doc} id={pageDoc(page.id)} page={title} readOnly={readOnly} />
            </Box>
          )}
        </>
      ) : (
        doc?.problem === undefined && <Skeleton height="12rem" radius="md" />
      )}
      {turn > 1 && (
        <Stack gap="md" mt="lg" data-noprint>
          <LinkedFrom of={{ kind: 'page', id: page.id }} />
          <section aria-labelledby="page-discussion">
            <Group mt="xl" mb="sm">
              <Title order={2} size="h3" id="page-discussion">
                {t('discussion')}
              </Title>
            </Group>
            <Thread doc={discussionDoc(page.id)} label={t('discussionOf', { page: title })} />
          </section>
        </Stack>
      )}
    </Stack>
  );
}
