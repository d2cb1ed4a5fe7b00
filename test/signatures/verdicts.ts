import { fromHex } from '../../shared/record/bytes';
import { verify } from '../../shared/record/signature';
import { VECTORS } from './vectors';

/** What the app's verifier says of each vector, where this runs. */
export const verdicts = (): Promise<boolean[]> =>
  Promise.all(VECTORS.map(({ key, message, signature }) => verify(key, fromHex(message), fromHex(signature))));
