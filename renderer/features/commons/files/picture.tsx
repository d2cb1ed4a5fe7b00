import { Image } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNetworkStore } from '../../../app/network';

/** Bytes of a picture beyond which it is not shown unasked. */
const MAX_SHOWN = 8_000_000;

interface Props {
  readonly file: string;
  readonly type: string;
  readonly name: string;
  readonly size: number;
}

/** A picture that is on this device, in the page. */
export function Picture({ file, type, name, size }: Props) {
  const { t } = useTranslation('commons');
  const { engine, id: network } = useNetworkStore();
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (size > MAX_SHOWN) return undefined;
    let made: string | undefined;
    let shown = true;
    const show = async (): Promise<void> => {
      const bytes = await engine.readFile(network, file);
      if (!shown) return;
      made = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }));
      setAddress(made);
    };
    // Saving says what is wrong with it.
    show().catch(() => undefined);
    return () => {
      shown = false;
      if (made !== undefined) URL.revokeObjectURL(made);
      setAddress(undefined);
    };
  }, [engine, network, file, type, size]);
  if (address === undefined) return null;
  return <Image src={address} alt={t('files.image', { name })} mah="24rem" maw="100%" w="auto" fit="contain" mt="sm" />;
}
