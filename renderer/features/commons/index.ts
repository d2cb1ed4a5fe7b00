export { CommonsRoutes } from './commons-routes';
