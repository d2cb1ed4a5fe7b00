import { Button, Skeleton } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useInNetwork } from '../../app/network';
import { EmbeddedFile, useFileView } from './embedded-file';
import classes from './embedded-file.module.css';
import { MAX_SHOWN } from './picture';
import { usePicture } from './use-picture';

interface Props {
  readonly file: string;
  /** What is to be seen; empty: nobody has said it yet. */
  readonly alt: string;
  readonly actions?: ReactNode;
}

/** A picture in a text. Where it can not be shown, because it is not here or is none, it is a file like others. */
export function EmbeddedPicture(props: Props) {
  return useInNetwork() ? <KnownPicture {...props} /> : <EmbeddedFile {...props} name={props.alt} picture />;
}

function KnownPicture({ file, alt, actions }: Props) {
  const { t } = useTranslation('ui');
  const view = useFileView(file);
  const [asked, setAsked] = useState(false);
  const isLarge = (view?.size ?? 0) > MAX_SHOWN && !asked;
  const isHere = view?.state === 'here';
  const address = usePicture(file, isHere && !isLarge);
  if (isHere && address === undefined && !isLarge) return <Skeleton height="8rem" />;
  if (!isHere || typeof address !== 'string') {
    const show = isHere && isLarge && (
      <Button size="xs" variant="default" onClick={() => setAsked(true)}>
        {t('file.show')}
      </Button>
    );
    return (
      <EmbeddedFile
        file={file}
        name={alt}
        picture
        actions={
          <>
            {show}
            {actions}
          </>
        }
      />
    );
  }
  return (
    <div>
      <img src={address} alt={alt} className={classes['image']} draggable={false} />
      {actions !== undefined && <div className={classes['under']}>{actions}</div>}
    </div>
  );
}
