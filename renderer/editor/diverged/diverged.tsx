import { Alert, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import * as Y from 'yjs';
import { canonicalText } from '../../../shared/commons/text/canonical';
import { useDoc, useDocValue } from '../../app/docs';
import { useMe, useNetwork, useNetworkStore } from '../../app/network';
import { ConfirmButton } from '../../ui/confirm-button';
import { ErrorState } from '../../ui/errors';
import { Loading } from '../../ui/loading';
import { useNameOf } from '../member-names';
import { TextChangesView } from '../history/text-changes-view';

interface Props {
  /** Document id. */
  readonly doc: string;
  /** The text in it, to be compared; a stable function. None for documents that are no text. */
  readonly textIn?: (doc: Y.Doc) => Y.XmlFragment;
}

/**
 * Says where a document is not the same here and on a connected device although each has all changes, which only somebody who gave the two
 * different ones brings about, and lets the person take the other's version. Nothing where all is well.
 */
export function Diverged({ doc, textIn }: Props) {
  const { t } = useTranslation('editor');
  const { status } = useNetwork();
  const me = useMe();
  const nameOf = useNameOf();
  const devices = status.diverged.find((each) => each.doc === doc)?.devices ?? [];
  if (devices.length === 0) return null;
  const owner = (device: string): string => {
    const member = status.peers.find((peer) => peer.device === device)?.member ?? null;
    return member === null ? t('news.someone') : nameOf(member);
  };
  return (
    <Alert color="red" role="alert" title={t('diverged.title')}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('diverged.why')}</Text>
        {me !== null &&
          devices.map((device) => (
            <Take
              key={device}
              doc={doc}
              device={device}
              name={owner(device)}
              {...(textIn === undefined ? {} : { textIn })}
            />
          ))}
      </Stack>
    </Alert>
  );
}

interface TakeProps extends Props {
  readonly device: string;
  readonly name: string;
}

function Take({ doc, textIn, device, name }: TakeProps) {
  const { t } = useTranslation('editor');
  const store = useNetworkStore();
  return (
    <ConfirmButton
      size="xs"
      color="pine"
      wide
      title={t('diverged.which', { name })}
      text={
        <Stack>
          <Text size="sm">{t('diverged.hint', { name })}</Text>
          {textIn !== undefined && <Difference doc={doc} textIn={textIn} device={device} name={name} />}
        </Stack>
      }
      cancel={t('diverged.keep')}
      confirm={t('diverged.take', { name })}
      onConfirm={() => store.engine.adoptDoc(store.id, doc, device)}
    >
      {t(textIn === undefined ? 'diverged.choose' : 'diverged.compare', { name })}
    </ConfirmButton>
  );
}

function Difference({ doc, textIn, device, name }: TakeProps & { readonly textIn: NonNullable<Props['textIn']> }) {
  const { t } = useTranslation('editor');
  const store = useNetworkStore();
  const [read] = useState(() => (each: Y.Doc) => canonicalText(textIn(each)));
  const mine = useDocValue(useDoc(doc), read);
  const [theirs, setTheirs] = useState<string>();
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    let stale = false;
    const show = (update: Uint8Array): void => {
      if (stale) return;
      const copy = new Y.Doc();
      Y.applyUpdate(copy, update);
      setTheirs(read(copy));
    };
    store.engine
      .docVersion(store.id, doc, device)
      .then(show)
      .catch((failure: unknown) => !stale && setError(failure));
    return () => {
      stale = true;
    };
  }, [store, doc, device, read]);
  if (error !== undefined) return <ErrorState error={error} />;
  if (theirs === undefined || mine === undefined) return <Loading />;
  return (
    <section aria-label={t('diverged.difference')}>
      <Title order={3} size="h5" mb="xs">
        {t('diverged.from', { name })}
      </Title>
      <TextChangesView before={mine} after={theirs} />
    </section>
  );
}
