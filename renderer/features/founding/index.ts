export { Founding } from './founding';
