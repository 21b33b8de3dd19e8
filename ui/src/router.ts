// Every page and its address. The address is only for going back: nothing outside can open one.
import { createRouter, createWebHashHistory } from 'vue-router';

export const router = createRouter({
    history: createWebHashHistory(),
    routes: [
        { path: '/', name: 'today', component: () => import('./pages/today/TodayPage.vue') },
        {
            path: '/list/:register',
            name: 'list',
            component: () => import('./pages/list/ListPage.vue'),
            props: true,
        },
        {
            path: '/list/:register/new',
            name: 'entry',
            component: () => import('./pages/entry/EntryPage.vue'),
            props: true,
        },
        {
            path: '/record/:register/:uuid',
            name: 'record',
            component: () => import('./pages/record/RecordPage.vue'),
            props: true,
        },
        {
            path: '/record/:register/:uuid/edit',
            name: 'edit',
            component: () => import('./pages/entry/EntryPage.vue'),
            props: true,
        },
        {
            path: '/import/:register',
            name: 'import',
            component: () => import('./pages/import/ImportPage.vue'),
            props: true,
        },
        {
            path: '/settings/:part?',
            name: 'settings',
            component: () => import('./pages/settings/SettingsPage.vue'),
            props: true,
        },
        { path: '/:rest(.*)*', redirect: '/' },
    ],
});
