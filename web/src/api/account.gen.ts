// Made from docs/openapi/account.json by npm run generate.

export interface paths {
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The account, and what it holds */
        get: operations["getAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The account’s webhook endpoints, oldest first */
        get: operations["listWebhooks"];
        put?: never;
        /** Add an endpoint; its secret is in this answer and nowhere else */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One endpoint */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /** Remove an endpoint; what is on its way to it is not sent any more */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /** Change an endpoint, or switch it off and on */
        patch: operations["updateWebhook"];
        trace?: never;
    };
    "/webhooks/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a new secret; the old one signs beside it for a while */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a message of the type webhook.test */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was and is to be sent, newest first. Kept for 30 days */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/deliveries/{deliveryId}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send one again, whatever became of it */
        post: operations["replayWebhookDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/replay-failed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send again what has failed for good since a time */
        post: operations["replayFailedWebhookDeliveries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Webhook: {
            id: string;
            url: string;
            description: string;
            /** @description Empty: all */
            types: ("subuser.created" | "quota.warning" | "quota.reached" | "subscription.expiring" | "subscription.expired" | "subscription.renewed" | "credit_event.mismatch" | "key.revoked")[];
            enabled: boolean;
            /** @description Why it was switched off, where nobody did it */
            disabledReason: string | null;
            /**
             * Format: date-time
             * @description Until when the secret before the present one signs too
             */
            previousSecretUntil: string | null;
            /**
             * Format: date-time
             * @description When it was made
             */
            createdAt: string;
        };
        WebhookDelivery: {
            id: string;
            /** @description The `webhook-id` it is sent with */
            eventId: string;
            type: string;
            /** @description The body that is sent */
            payload: string;
            /**
             * @description one of "pending", "delivered", "failed"
             * @enum {string}
             */
            status: "pending" | "delivered" | "failed";
            attempts: number;
            /**
             * Format: date-time
             * @description When it happened
             */
            at: string;
            /**
             * Format: date-time
             * @description When it was last tried
             */
            attemptedAt: string | null;
            /**
             * Format: date-time
             * @description When it is tried again
             */
            nextAttemptAt: string | null;
            /** @description What was answered last */
            answerStatus: number | null;
            /** @description Why the last attempt failed */
            error: string | null;
        };
    };
    responses: {
        /** @description Unauthorized */
        Unauthenticated: {
            headers: {
                /** @description The scheme that is expected */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @description Where the error is explained, on this server */
                    type: string;
                    title: string;
                    /** @constant */
                    status: 401;
                    /** @description A sentence for people */
                    detail: string;
                    /**
                     * @description For programs
                     * @enum {string}
                     */
                    code: "unauthenticated";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Forbidden */
        NotResellerOrInsufficientScopeOrCrossSite: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @description Where the error is explained, on this server */
                    type: string;
                    title: string;
                    /** @constant */
                    status: 403;
                    /** @description A sentence for people */
                    detail: string;
                    /**
                     * @description For programs
                     * @enum {string}
                     */
                    code: "not_reseller" | "insufficient_scope" | "cross_site";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Internal Server Error */
        Internal: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @description Where the error is explained, on this server */
                    type: string;
                    title: string;
                    /** @constant */
                    status: 500;
                    /** @description A sentence for people */
                    detail: string;
                    /**
                     * @description For programs
                     * @enum {string}
                     */
                    code: "internal";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Service Unavailable */
        Unavailable: {
            headers: {
                /** @description Seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @description Where the error is explained, on this server */
                    type: string;
                    title: string;
                    /** @constant */
                    status: 503;
                    /** @description A sentence for people */
                    detail: string;
                    /**
                     * @description For programs
                     * @enum {string}
                     */
                    code: "unavailable";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Payload Too Large */
        BodyTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @description Where the error is explained, on this server */
                    type: string;
                    title: string;
                    /** @constant */
                    status: 413;
                    /** @description A sentence for people */
                    detail: string;
                    /**
                     * @description For programs
                     * @enum {string}
                     */
                    code: "body_too_large";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Unsupported Media Type */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @description Where the error is explained, on this server */
                    type: string;
                    title: string;
                    /** @constant */
                    status: 415;
                    /** @description A sentence for people */
                    detail: string;
                    /**
                     * @description For programs
                     * @enum {string}
                     */
                    code: "unsupported_media_type";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Unprocessable Entity */
        IdempotencyMismatch: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @description Where the error is explained, on this server */
                    type: string;
                    title: string;
                    /** @constant */
                    status: 422;
                    /** @description A sentence for people */
                    detail: string;
                    /**
                     * @description For programs
                     * @enum {string}
                     */
                    code: "idempotency_mismatch";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Not Found */
        WebhookNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @description Where the error is explained, on this server */
                    type: string;
                    title: string;
                    /** @constant */
                    status: 404;
                    /** @description A sentence for people */
                    detail: string;
                    /**
                     * @description For programs
                     * @enum {string}
                     */
                    code: "webhook_not_found";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Conflict */
        IdempotencyRunning: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @description Where the error is explained, on this server */
                    type: string;
                    title: string;
                    /** @constant */
                    status: 409;
                    /** @description A sentence for people */
                    detail: string;
                    /**
                     * @description For programs
                     * @enum {string}
                     */
                    code: "idempotency_running";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Bad Request */
        InvalidFieldOrMalformedBody: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @description Where the error is explained, on this server */
                    type: string;
                    title: string;
                    /** @constant */
                    status: 400;
                    /** @description A sentence for people */
                    detail: string;
                    /**
                     * @description For programs
                     * @enum {string}
                     */
                    code: "invalid_field" | "malformed_body";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "acc_4kq7m2ws9xbd3h6n",
                     *       "email": "r@example.com",
                     *       "name": "My Store",
                     *       "residentialBytes": 10000000000,
                     *       "mobileBytes": 1000000000,
                     *       "usdCents": 10000,
                     *       "creditsFrozen": false,
                     *       "scopes": [
                     *         "reseller:read",
                     *         "reseller:write"
                     *       ],
                     *       "createdAt": "2026-05-04T10:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        email: string;
                        /** @description The store’s */
                        name: string;
                        /** @description In the pool, not yet allocated */
                        residentialBytes: number;
                        /** @description The same */
                        mobileBytes: number;
                        /** @description Money */
                        usdCents: number;
                        /** @description Whether the provider has frozen the money */
                        creditsFrozen: boolean;
                        /** @description What the caller may do */
                        scopes: string[];
                        /**
                         * Format: date-time
                         * @description When the account was made
                         */
                        createdAt: string;
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSite"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "wh_k3m9q2w7x4b8n6v5",
                     *           "url": "https://shop.example.com/hooks/headgate",
                     *           "description": "The shop",
                     *           "types": [
                     *             "quota.warning",
                     *             "quota.reached"
                     *           ],
                     *           "enabled": true,
                     *           "disabledReason": null,
                     *           "previousSecretUntil": null,
                     *           "createdAt": "2026-05-04T10:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Webhook"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSite"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://shop.example.com/hooks/headgate",
                 *       "types": [
                 *         "quota.warning",
                 *         "quota.reached"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description an https:// URL of at most 2000 characters */
                    url: string;
                    /** @description a text of at most 200 characters */
                    description?: string;
                    /** @description a list of subuser.created, quota.warning, quota.reached, subscription.expiring, subscription.expired, subscription.renewed, credit_event.mismatch, key.revoked; empty for all */
                    types?: ("subuser.created" | "quota.warning" | "quota.reached" | "subscription.expiring" | "subscription.expired" | "subscription.renewed" | "credit_event.mismatch" | "key.revoked")[];
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wh_k3m9q2w7x4b8n6v5",
                     *       "url": "https://shop.example.com/hooks/headgate",
                     *       "description": "The shop",
                     *       "types": [
                     *         "quota.warning",
                     *         "quota.reached"
                     *       ],
                     *       "enabled": true,
                     *       "disabledReason": null,
                     *       "previousSecretUntil": null,
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="
                     *     }
                     */
                    "application/json": {
                        id: string;
                        url: string;
                        description: string;
                        /** @description Empty: all */
                        types: ("subuser.created" | "quota.warning" | "quota.reached" | "subscription.expiring" | "subscription.expired" | "subscription.renewed" | "credit_event.mismatch" | "key.revoked")[];
                        enabled: boolean;
                        /** @description Why it was switched off, where nobody did it */
                        disabledReason: string | null;
                        /**
                         * Format: date-time
                         * @description Until when the secret before the present one signs too
                         */
                        previousSecretUntil: string | null;
                        /**
                         * Format: date-time
                         * @description When it was made
                         */
                        createdAt: string;
                        /** @description Signs what is sent. Shown now and never again */
                        secret: string;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @description Where the error is explained, on this server */
                        type: string;
                        title: string;
                        /** @constant */
                        status: 400;
                        /** @description A sentence for people */
                        detail: string;
                        /**
                         * @description For programs
                         * @enum {string}
                         */
                        code: "missing_fields" | "invalid_field" | "malformed_body";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSite"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @description Where the error is explained, on this server */
                        type: string;
                        title: string;
                        /** @constant */
                        status: 409;
                        /** @description A sentence for people */
                        detail: string;
                        /**
                         * @description For programs
                         * @enum {string}
                         */
                        code: "idempotency_running" | "limit_reached";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The endpoint’s id
                 * @example wh_k3m9q2w7x4b8n6v5
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wh_k3m9q2w7x4b8n6v5",
                     *       "url": "https://shop.example.com/hooks/headgate",
                     *       "description": "The shop",
                     *       "types": [
                     *         "quota.warning",
                     *         "quota.reached"
                     *       ],
                     *       "enabled": true,
                     *       "disabledReason": null,
                     *       "previousSecretUntil": null,
                     *       "createdAt": "2026-05-04T10:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        url: string;
                        description: string;
                        /** @description Empty: all */
                        types: ("subuser.created" | "quota.warning" | "quota.reached" | "subscription.expiring" | "subscription.expired" | "subscription.renewed" | "credit_event.mismatch" | "key.revoked")[];
                        enabled: boolean;
                        /** @description Why it was switched off, where nobody did it */
                        disabledReason: string | null;
                        /**
                         * Format: date-time
                         * @description Until when the secret before the present one signs too
                         */
                        previousSecretUntil: string | null;
                        /**
                         * Format: date-time
                         * @description When it was made
                         */
                        createdAt: string;
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSite"];
            404: components["responses"]["WebhookNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The endpoint’s id
                 * @example wh_k3m9q2w7x4b8n6v5
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wh_k3m9q2w7x4b8n6v5"
                     *     }
                     */
                    "application/json": {
                        id: string;
                    };
                };
            };
            400: components["responses"]["InvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSite"];
            404: components["responses"]["WebhookNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The endpoint’s id
                 * @example wh_k3m9q2w7x4b8n6v5
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "enabled": true
                 *     }
                 */
                "application/json": {
                    /** @description an https:// URL of at most 2000 characters */
                    url?: string;
                    /** @description a text of at most 200 characters */
                    description?: string;
                    /** @description a list of subuser.created, quota.warning, quota.reached, subscription.expiring, subscription.expired, subscription.renewed, credit_event.mismatch, key.revoked; empty for all */
                    types?: ("subuser.created" | "quota.warning" | "quota.reached" | "subscription.expiring" | "subscription.expired" | "subscription.renewed" | "credit_event.mismatch" | "key.revoked")[];
                    /** @description true or false */
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wh_k3m9q2w7x4b8n6v5",
                     *       "url": "https://shop.example.com/hooks/headgate",
                     *       "description": "The shop",
                     *       "types": [
                     *         "quota.warning",
                     *         "quota.reached"
                     *       ],
                     *       "enabled": true,
                     *       "disabledReason": null,
                     *       "previousSecretUntil": null,
                     *       "createdAt": "2026-05-04T10:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        url: string;
                        description: string;
                        /** @description Empty: all */
                        types: ("subuser.created" | "quota.warning" | "quota.reached" | "subscription.expiring" | "subscription.expired" | "subscription.renewed" | "credit_event.mismatch" | "key.revoked")[];
                        enabled: boolean;
                        /** @description Why it was switched off, where nobody did it */
                        disabledReason: string | null;
                        /**
                         * Format: date-time
                         * @description Until when the secret before the present one signs too
                         */
                        previousSecretUntil: string | null;
                        /**
                         * Format: date-time
                         * @description When it was made
                         */
                        createdAt: string;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @description Where the error is explained, on this server */
                        type: string;
                        title: string;
                        /** @constant */
                        status: 400;
                        /** @description A sentence for people */
                        detail: string;
                        /**
                         * @description For programs
                         * @enum {string}
                         */
                        code: "invalid_field" | "malformed_body";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSite"];
            404: components["responses"]["WebhookNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The endpoint’s id
                 * @example wh_k3m9q2w7x4b8n6v5
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "overlapSeconds": 3600
                 *     }
                 */
                "application/json": {
                    /** @description a whole number of seconds, at most 30 days (absent: one day) */
                    overlapSeconds?: number;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wh_k3m9q2w7x4b8n6v5",
                     *       "url": "https://shop.example.com/hooks/headgate",
                     *       "description": "The shop",
                     *       "types": [
                     *         "quota.warning",
                     *         "quota.reached"
                     *       ],
                     *       "enabled": true,
                     *       "disabledReason": null,
                     *       "previousSecretUntil": null,
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="
                     *     }
                     */
                    "application/json": {
                        id: string;
                        url: string;
                        description: string;
                        /** @description Empty: all */
                        types: ("subuser.created" | "quota.warning" | "quota.reached" | "subscription.expiring" | "subscription.expired" | "subscription.renewed" | "credit_event.mismatch" | "key.revoked")[];
                        enabled: boolean;
                        /** @description Why it was switched off, where nobody did it */
                        disabledReason: string | null;
                        /**
                         * Format: date-time
                         * @description Until when the secret before the present one signs too
                         */
                        previousSecretUntil: string | null;
                        /**
                         * Format: date-time
                         * @description When it was made
                         */
                        createdAt: string;
                        /** @description Signs what is sent. Shown now and never again */
                        secret: string;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @description Where the error is explained, on this server */
                        type: string;
                        title: string;
                        /** @constant */
                        status: 400;
                        /** @description A sentence for people */
                        detail: string;
                        /**
                         * @description For programs
                         * @enum {string}
                         */
                        code: "invalid_field" | "malformed_body";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSite"];
            404: components["responses"]["WebhookNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The endpoint’s id
                 * @example wh_k3m9q2w7x4b8n6v5
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "eventId": "evt_w7x4b8n6v5k3m9q2"
                     *     }
                     */
                    "application/json": {
                        eventId: string;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @description Where the error is explained, on this server */
                        type: string;
                        title: string;
                        /** @constant */
                        status: 400;
                        /** @description A sentence for people */
                        detail: string;
                        /**
                         * @description For programs
                         * @enum {string}
                         */
                        code: "invalid_field" | "malformed_body";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSite"];
            404: components["responses"]["WebhookNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description one of "pending", "delivered", "failed" */
                status?: "pending" | "delivered" | "failed";
                /** @description a whole number from 1 to 1000 */
                limit?: string;
                /** @description one that this list has answered, in the same order */
                cursor?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The endpoint’s id
                 * @example wh_k3m9q2w7x4b8n6v5
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The address of the next page, with rel="next" */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "dlv_0f3c5a4e9b7d4c1e8a2b6d5f4e3c2b1a",
                     *           "eventId": "evt_w7x4b8n6v5k3m9q2",
                     *           "type": "quota.warning",
                     *           "payload": "{\"type\":\"quota.warning\",\"timestamp\":\"2026-05-04T10:00:00.000Z\",\"data\":{}}",
                     *           "status": "delivered",
                     *           "attempts": 1,
                     *           "at": "2026-05-04T10:00:00.000Z",
                     *           "attemptedAt": "2026-05-04T10:00:01.000Z",
                     *           "nextAttemptAt": null,
                     *           "answerStatus": 200,
                     *           "error": null
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["WebhookDelivery"][];
                        /** @description For `cursor`, to get the next page; null on the last */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @description Where the error is explained, on this server */
                        type: string;
                        title: string;
                        /** @constant */
                        status: 400;
                        /** @description A sentence for people */
                        detail: string;
                        /**
                         * @description For programs
                         * @enum {string}
                         */
                        code: "invalid_field";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSite"];
            404: components["responses"]["WebhookNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    replayWebhookDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The endpoint’s id
                 * @example wh_k3m9q2w7x4b8n6v5
                 */
                id: string;
                /**
                 * @description The delivery’s id
                 * @example dlv_0f3c5a4e9b7d4c1e8a2b6d5f4e3c2b1a
                 */
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "dlv_0f3c5a4e9b7d4c1e8a2b6d5f4e3c2b1a"
                     *     }
                     */
                    "application/json": {
                        id: string;
                    };
                };
            };
            400: components["responses"]["InvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSite"];
            404: components["responses"]["WebhookNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    replayFailedWebhookDeliveries: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The endpoint’s id
                 * @example wh_k3m9q2w7x4b8n6v5
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "since": "2026-05-04T00:00:00Z"
                 *     }
                 */
                "application/json": {
                    /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                    since: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "count": 12
                     *     }
                     */
                    "application/json": {
                        /** @description How many are sent again */
                        count: number;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @description Where the error is explained, on this server */
                        type: string;
                        title: string;
                        /** @constant */
                        status: 400;
                        /** @description A sentence for people */
                        detail: string;
                        /**
                         * @description For programs
                         * @enum {string}
                         */
                        code: "missing_fields" | "invalid_field" | "malformed_body";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSite"];
            404: components["responses"]["WebhookNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
}
