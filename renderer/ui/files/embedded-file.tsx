import { Text } from '@mantine/core';
import { IconFile, IconPhoto } from '@tabler/icons-react';
import { type ReactNode, use, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileView } from '../../../shared/engine/files';
import { PeerholdError } from '../../../shared/errors';
import { useFiles } from '../../app/files';
import { useInNetwork } from '../../app/network';
import { formatBytes } from '../bytes';
import { FormError } from '../errors';
import { useLocale } from '../locale';
import classes from './embedded-file.module.css';
import { FileActions, FileProgress } from './file-actions';
import { FileWhere } from './file-where';
import { NamedFiles } from './named-files';

interface Props {
  readonly file: string;
  /** As the text has it, of a picture its description; where the document around it names the file, that name counts. */
  readonly name: string;
  readonly picture?: boolean;
  /** What else can be done, after the file's own actions. */
  readonly actions?: ReactNode;
}

/** A file in a text: what it is, where it is, and what can be done about that. */
export function EmbeddedFile(props: Props) {
  const nameless = useNameless(props.picture);
  if (useInNetwork()) return <KnownFile {...props} />;
  return <FileCard {...props} name={props.name === '' ? nameless : props.name} status={null} />;
}

function useNameless(picture = false): string {
  const { t } = useTranslation('ui');
  return t(picture ? 'file.picture' : 'file.unnamed');
}

function KnownFile(props: Props) {
  const { t } = useTranslation('ui');
  const { file } = props;
  const locale = useLocale();
  const view = useFileView(file);
  const [error, setError] = useState<unknown>();
  const named = use(NamedFiles)?.get(file);
  const nameless = useNameless(props.picture);
  const names = [named?.name, props.name];
  // A picture is called by what is to be seen, any other file by its name of now.
  if (props.picture === true) names.reverse();
  const name = names.find((one) => one !== undefined && one !== '') ?? nameless;
  const size = view?.size ?? named?.size;
  const problem = view?.problem ?? null;
  return (
    <FileCard
      {...props}
      name={name}
      status={
        <>
          {size !== undefined && size > 0 && `${formatBytes(size, locale)} · `}
          {view === undefined ? t('file.looking') : <FileWhere view={view} />}
        </>
      }
      actions={
        <>
          <FileActions file={file} name={name} view={view} onError={setError} />
          {props.actions}
        </>
      }
    >
      {view?.state === 'fetching' && <FileProgress view={view} name={name} size={size ?? 0} />}
      <FormError error={error ?? (problem === null ? undefined : new PeerholdError(problem))} />
    </FileCard>
  );
}

function FileCard(props: Props & { readonly status: ReactNode; readonly children?: ReactNode }) {
  const Icon = props.picture === true ? IconPhoto : IconFile;
  return (
    <div className={classes['card']} role="group" aria-label={props.name}>
      <div className={classes['line']}>
        <Icon size={24} aria-hidden className={classes['icon']} />
        <div className={classes['words']}>
          <Text span dir="auto" fw={500} className={classes['name'] ?? ''}>
            {props.name}
          </Text>
          <Text span size="sm" c="dimmed">
            {props.status}
          </Text>
        </div>
        <div className={classes['actions']}>{props.actions}</div>
      </div>
      {props.children}
    </div>
  );
}

/** Where one file stands; undefined while it is not known. */
export function useFileView(file: string): FileView | undefined {
  const files = useFiles(useMemo(() => [file], [file]));
  return files.get(file);
}
