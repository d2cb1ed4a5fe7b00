export { ResourcesRoutes } from './resources-routes';
