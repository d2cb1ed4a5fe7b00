import type { Parameters, ProtocolKind } from '../../../../shared/network/agreement/model';
import type { Names } from '../use-words';

/** Forms are controlled: what is not well-formed yet is handed on too, and `parametersOf(kind)` tells. */
export interface FormProps<K extends ProtocolKind = ProtocolKind> {
  readonly params: Parameters<K>;
  readonly onChange: (params: Parameters<K>) => void;
  /** Of the agreement that the protocol will stand in. */
  readonly names: Names;
  /** The network's currency. */
  readonly unit: string;
}
