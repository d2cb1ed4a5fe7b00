import { Image } from '@mantine/core';
import { usePicture } from './use-picture';

/** Bytes of a picture beyond which it is not shown unasked. */
export const MAX_SHOWN = 8_000_000;

interface Props {
  readonly file: string;
  /** What is to be seen, for who does not see it. */
  readonly alt: string;
  /** Bytes. */
  readonly size: number;
}

/** A picture that is on this device; nothing where the file is none, or a very large one. */
export function Picture({ file, alt, size }: Props) {
  const address = usePicture(file, size <= MAX_SHOWN);
  if (typeof address !== 'string') return null;
  return <Image src={address} alt={alt} mah="24rem" maw="100%" w="auto" fit="contain" mt="sm" />;
}
