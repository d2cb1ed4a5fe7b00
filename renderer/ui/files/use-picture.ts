import { useEffect, useState } from 'react';
import { useNetworkStore } from '../../app/network';
import { pictureType } from '../../../shared/files/picture-types';

/**
 * The address under which a file that is here can be shown as a picture; null: it is none; undefined while it is read, or unasked
 * with `wanted` false.
 */
export function usePicture(file: string, wanted: boolean): string | null | undefined {
  const { engine, id: network } = useNetworkStore();
  const [address, setAddress] = useState<string | null>();
  useEffect(() => {
    if (!wanted) return undefined;
    let made: string | undefined;
    let shown = true;
    const show = async (): Promise<void> => {
      const bytes = await engine.readFile(network, file);
      if (!shown) return;
      const type = pictureType(bytes);
      if (type !== null) made = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }));
      setAddress(made ?? null);
    };
    // Saving says what is wrong with it.
    show().catch(() => shown && setAddress(null));
    return () => {
      shown = false;
      if (made !== undefined) URL.revokeObjectURL(made);
      setAddress(undefined);
    };
  }, [engine, network, file, wanted]);
  return address;
}
