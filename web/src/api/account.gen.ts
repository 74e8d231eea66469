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
    "/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The account at a glance
         * @description Sums of use and of what is allocated are some seconds old.
         */
        get: operations["getOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What all subusers used, by minute, hour or day
         * @description At most 1500 periods; some seconds old. Minutes are kept for 31 days.
         */
        get: operations["getUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every movement of a pool or of the money, newest first
         * @description What the provider caused has the cause `provider`.
         */
        get: operations["getStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/statement.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as CSV */
        get: operations["exportStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subusers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Subusers, newest first unless sorted otherwise
         * @description The order by `used` and `remaining` is that of some seconds ago; the figures are those of now. `search` finds a part of a username or email address, or an id.
         */
        get: operations["listSubusers"];
        put?: never;
        /**
         * Make a subuser and give it bandwidth
         * @description It works at once. A password is generated unless one is given.
         */
        post: operations["createSubuser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subusers/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make up to 1,000 subusers
         * @description Each is made or refused by itself, in the order they are sent: a pool that does not suffice for all serves the first. All that are made commit together. With an `Idempotency-Key`, the same call gives the same results and passwords again.
         */
        post: operations["createSubusers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subusers/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All subusers that match, as CSV */
        get: operations["exportSubusers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subusers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One subuser */
        get: operations["getSubuser"];
        put?: never;
        post?: never;
        /**
         * Delete a subuser
         * @description What it has left returns to the pool; its running tunnels are cut.
         */
        delete: operations["deleteSubuser"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subusers/{id}/allocate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a subuser bandwidth from the pool */
        post: operations["allocateToSubuser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subusers/{id}/take-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take bandwidth back into the pool */
        post: operations["takeBackFromSubuser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subusers/{id}/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The name and password of a subuser
         * @description That they were shown is written into the audit log.
         */
        get: operations["getCredentials"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subusers/{id}/reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a subuser another password
         * @description Generated unless `password` is given. Running tunnels are cut.
         */
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subusers/{id}/whitelist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let an address or range in without a password */
        post: operations["addToWhitelist"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subusers/{id}/whitelist/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take an address or range off the whitelist
         * @description Tunnels that were let in by it are cut.
         */
        post: operations["removeFromWhitelist"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subusers/{id}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a subuser used, by minute, hour or day
         * @description At most 1500 periods. Minutes are kept for 31 days.
         */
        get: operations["getSubuserUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subusers/{id}/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every movement of what a subuser has left, newest first */
        get: operations["getSubuserStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subusers/{id}/statement.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as CSV */
        get: operations["exportSubuserStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All plans at today’s prices: by cycle, connections, authentications */
        get: operations["listPlans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscriptions/quote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What buying a plan would cost, or changing a subscription to it
         * @description Nothing is reserved: the price that counts is the one at the time of buying.
         */
        post: operations["quoteSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Subscriptions, newest first */
        get: operations["listSubscriptions"];
        put?: never;
        /** Buy a plan; the period begins now */
        post: operations["buySubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscriptions/{id}/change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the plan
         * @description What is unused of the time paid for is given back, the new plan is charged in full, and its period begins now.
         */
        post: operations["changeSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscriptions/{id}/renew": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Buy one more cycle at today’s price */
        post: operations["renewSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscriptions/{id}/auto-renewal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Whether the period’s end renews it */
        put: operations["setAutoRenewal"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscriptions/{id}/bind": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a single address use the first free slot */
        post: operations["bindAddress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscriptions/{id}/unbind": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an address off its slot; its tunnels are cut */
        post: operations["unbindAddress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscriptions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One subscription */
        get: operations["getSubscription"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscriptions/{id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop service at once
         * @description The period runs on.
         */
        post: operations["suspendSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscriptions/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring service back
         * @description Not when the period is over.
         */
        post: operations["resumeSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscriptions/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a subscription with its period
         * @description Nothing is given back.
         */
        post: operations["cancelSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tunnels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is open at all gateways, the oldest first */
        get: operations["listTunnels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tunnels/cut": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End what is open: one, or all of a subuser, a subscription or a host */
        post: operations["cutTunnels"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credit-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was reported, newest first */
        get: operations["listCreditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/vouchers/redeem": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Redeem a voucher’s code for money */
        post: operations["redeemVoucher"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reconciliations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reconciliations, newest first */
        get: operations["listReconciliations"];
        put?: never;
        /** Begin one for a period; then send the ledger */
        post: operations["beginReconciliation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reconciliations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One reconciliation, how far it is and what came out */
        get: operations["getReconciliation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reconciliations/{id}/differences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What differs */
        get: operations["listDifferences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reconciliations/{id}/differences.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What differs, as CSV */
        get: operations["exportDifferences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reconciliations/{id}/totals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What each side has of each day and kind */
        get: operations["getReconciliationTotals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reconciliations/{id}/unreadable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lines that could not be read: the first thousand */
        get: operations["listUnreadableLines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reviews, newest first */
        get: operations["listReviews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reviews/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One review */
        get: operations["getReview"];
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
    "/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The account’s people, in the order they were made */
        get: operations["listPeople"];
        put?: never;
        /**
         * Invite somebody
         * @description The answer has a link by which the person sets a password: hand it on. It is good once.
         */
        post: operations["invitePerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people/{id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End all that a person may do */
        post: operations["disablePerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was done for this account and on it, newest first
         * @description Of what the provider did on it, who did it and from where is not shown.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The account’s API keys, newest first */
        get: operations["listKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mint a successor of an API key
         * @description Old and new work both for `overlapMs`, then the old one ends. The answer shows `secret` this once. A key rotates itself, and others that may do no more than it.
         */
        post: operations["rotateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End an API key at once, on every process */
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reconciliations/{id}/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Send the reseller’s ledger: CSV with a header, a JSON array of objects, or an object a line; fields external_ref, kind, amount_usd (or amount_cents), at. The comparison begins when it has been read */
        put: operations["sendLedger"];
        post?: never;
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
        GatewayDoor: {
            /** @description A name or address; null: the one by which this API is reached */
            host: string | null;
            /** @description For HTTP and SOCKS; null where it is not known */
            port: number | null;
        };
        Pool: {
            /**
             * @description one of "residential", "mobile"
             * @enum {string}
             */
            product: "residential" | "mobile";
            /** @description Not allocated */
            pooledBytes: number;
            /** @description With subusers, not used */
            allocatedBytes: number;
            /** @description By the subusers there are */
            usedBytes: number;
            /** @description Used a day, over the last week */
            dailyBytes: number;
            /** @description How long pooled and allocated bytes last at this rate; null when nothing is used */
            daysLeft: number | null;
        };
        UsageNow: {
            /**
             * @description one of "residential", "mobile"
             * @enum {string}
             */
            product: "residential" | "mobile";
            /** @description In this minute and the five before */
            lastMinutesBytes: number;
            /** @description Since midnight, UTC */
            todayBytes: number;
            /** @description Today and in the 29 days before */
            last30DaysBytes: number;
        };
        SubuserUse: {
            id: string;
            username: string;
            /**
             * @description one of "residential", "mobile"
             * @enum {string}
             */
            product: "residential" | "mobile";
            /** @description Some seconds ago */
            usedBytes: number;
            /** @description Some seconds ago */
            remainingBytes: number;
        };
        SubscriptionCounts: {
            total: number;
            ACTIVE: number;
            SUSPENDED: number;
            STOPPED: number;
            TERMINATED: number;
        };
        UsagePoint: {
            /**
             * @description one of "residential", "mobile"
             * @enum {string}
             */
            product: "residential" | "mobile";
            /**
             * Format: date-time
             * @description The beginning of the period
             */
            start: string;
            /** @description From clients to targets */
            upBytes: number;
            /** @description From targets to clients */
            downBytes: number;
        };
        Counterparty: {
            /** @description The provider’s `issued`, `received`, `granted`, `fees`, `revenue` or `tax`; a `pool`; a subuser’s `balance`, `leased` or `consumed` */
            kind: string;
            /** @description A username, store code or email address; null for the provider */
            name: string | null;
            /** @description Of the subuser or account */
            id: string | null;
        };
        Movement: {
            /** @description Of the transfer: later ones have higher numbers */
            id: number;
            /**
             * Format: date-time
             * @description When it was
             */
            at: string;
            /** @description A stable word such as `subuser.allocate` */
            reason: string;
            /** @description Bytes or US cents: above zero what came in, below zero what went out */
            amount: number;
            /** @description Held right after */
            balance: number;
            counterparty: components["schemas"]["Counterparty"];
            /** @description What it paid for */
            subscriptionId: string | null;
            /** @description Who caused it */
            cause: string;
        };
        BytesByProduct: {
            /** @description Bytes of residential */
            residential: number;
            /** @description Bytes of mobile */
            mobile: number;
        };
        SubuserReseller: {
            id: string;
            storeCode: string;
        };
        Figures: {
            /** @description Given in all: used and remaining */
            allocatedBytes: number;
            /** @description Used */
            usedBytes: number;
            /** @description Left */
            remainingBytes: number;
        };
        Bandwidth: {
            residential: components["schemas"]["Figures"];
            mobile: components["schemas"]["Figures"];
        };
        Subuser: {
            id: string;
            /** @description With the store code in front */
            username: string;
            /** @description Where one is known */
            email: string | null;
            reseller: components["schemas"]["SubuserReseller"];
            /**
             * Format: date-time
             * @description When it was made
             */
            createdAt: string;
            bandwidth: components["schemas"]["Bandwidth"];
            /** @description Addresses and ranges that need no password, oldest first */
            whitelist: string[];
        };
        MadeSubuser: {
            id: string;
            /** @description With the store code in front */
            username: string;
            /** @description As it was given */
            email: string | null;
            /** @description Generated unless it was given */
            password: string;
            /**
             * Format: date-time
             * @description When it was made
             */
            createdAt: string;
            bytes: components["schemas"]["BytesByProduct"];
        };
        BulkMade: {
            /** @constant */
            status: "made";
            subuser: components["schemas"]["MadeSubuser"];
        };
        BulkProblem: {
            /** @description For programs, as in a problem */
            code: string;
            /** @description A sentence for people */
            detail: string;
            /** @description At fault, where it is one’s fault */
            field: string | null;
        };
        BulkRefused: {
            /** @constant */
            status: "refused";
            problem: components["schemas"]["BulkProblem"];
        };
        Plan: {
            id: string;
            /**
             * @description one of "WEEKLY", "MONTHLY", "ANNUAL"
             * @enum {string}
             */
            billingCycle: "WEEKLY" | "MONTHLY" | "ANNUAL";
            /** @description Tunnels at once */
            connections: number;
            /** @description Slots: addresses that may use it */
            authentications: number;
            /** @description With tax */
            grossCents: number;
            /** @description Without tax */
            netCents: number;
            /** @description The tax in it */
            taxCents: number;
            /** @description 1900 is 19 % */
            taxBasisPoints: number;
        };
        SubscriptionOwner: {
            id: string;
            /** @description Of a reseller */
            storeCode: string | null;
            email: string;
        };
        Slot: {
            id: string;
            /** @description Which may use it; null: none */
            address: string | null;
        };
        Subscription: {
            id: string;
            reseller: components["schemas"]["SubscriptionOwner"];
            /**
             * @description one of "ACTIVE", "SUSPENDED", "STOPPED", "TERMINATED"
             * @enum {string}
             */
            status: "ACTIVE" | "SUSPENDED" | "STOPPED" | "TERMINATED";
            /** @description It ends with its period */
            canceled: boolean;
            /** @description Its period’s end renews it */
            autoRenewal: boolean;
            /**
             * Format: date-time
             * @description The beginning of what is paid for
             */
            periodStart: string;
            /**
             * Format: date-time
             * @description The first moment that is not paid for
             */
            periodEnd: string;
            /** @description Used since it was made */
            bytes: number;
            /** @description Tunnels and requests since it was made */
            requests: number;
            plan: components["schemas"]["Plan"];
            /** @description In the order of their numbers */
            slots: components["schemas"]["Slot"][];
            /**
             * Format: date-time
             * @description When it was bought
             */
            createdAt: string;
        };
        Tunnel: {
            tunnelId: string;
            /** @description Null: it belongs to a subscription */
            username: string | null;
            /** @description Null: it belongs to a subuser */
            subscription: string | null;
            storeCode: string;
            /**
             * @description one of "connect", "http", "socks5", "socks4"
             * @enum {string}
             */
            protocol: "connect" | "http" | "socks5" | "socks4";
            /** @description Null until the client has said it */
            host: string | null;
            /** @description The same */
            port: number | null;
            clientAddress: string;
            upBytes: number;
            downBytes: number;
            /**
             * Format: date-time
             * @description When it was opened
             */
            since: string;
        };
        CreditEvent: {
            id: string;
            /** @description Its number in the log */
            seq: number;
            accountId: string;
            /** @description Of the account */
            email: string;
            /** @description The key it was reported through */
            keyId: string;
            kind: string;
            /** @description Below zero for a refund */
            amountCents: number;
            /** @description The reseller’s own name for it */
            externalRef: string;
            /** @description Anything more that was reported */
            meta: Record<string, never> | unknown[] | null;
            /**
             * Format: date-time
             * @description When it was reported
             */
            at: string;
            /** @description How often it came again with another kind or amount */
            mismatches: number;
        };
        Reconciliation: {
            id: string;
            /** @description Whose ledger it is */
            account: string;
            /** @description Of a reseller */
            storeCode: string | null;
            /**
             * @description Whether the ledger is sent, or fetched from the address that is set
             * @enum {string}
             */
            source: "upload" | "pull";
            /**
             * Format: date-time
             * @description The beginning of the period
             */
            from: string;
            /**
             * Format: date-time
             * @description Its end, not part of it any more
             */
            to: string;
            /** @description Each side may have an event this much later than the other */
            graceSeconds: number;
            /** @description Amounts that differ by no more are the same */
            toleranceCents: number;
            /**
             * @description It waits for a ledger, reads it, compares, is done; or it failed
             * @enum {string}
             */
            status: "waiting" | "reading" | "matching" | "done" | "failed";
            /** @description Why the ledger could not be read */
            error: string | null;
            /**
             * Format: date-time
             * @description When it was begun
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was done, or failed
             */
            finishedAt: string | null;
            /** @description Of the comparison */
            percent: number;
            /** @description Lines of the ledger that were read */
            theirLines: number;
            /** @description Lines that say nothing that could be compared */
            unreadableLines: number;
            /** @description Recorded here in the period; null until they are laid beside the ledger */
            ourEvents: number | null;
            /** @description The same on both sides */
            matched: number;
            /** @description In the ledger, and not recorded here */
            missingHere: number;
            /** @description Recorded here, and not in the ledger */
            missingThere: number;
            /** @description Of the same kind, with another amount */
            amountDiffers: number;
            /** @description Of another kind */
            kindDiffers: number;
            /** @description More often on one side than on the other */
            doubled: number;
            /** @description Too near an end of the period, or to now, to be missed on the other side */
            lagging: number;
        };
        RecordedEvent: {
            eventId: string;
            kind: string;
            /** @description US cents */
            cents: number;
            /**
             * Format: date-time
             * @description When it was recorded
             */
            at: string;
        };
        LedgerLine: {
            /** @description Its place in the ledger, from 1 */
            line: number;
            kind: string;
            /** @description US cents */
            cents: number;
            /**
             * Format: date-time
             * @description As the ledger has it
             */
            at: string | null;
        };
        Difference: {
            /**
             * @description one of "missing_here", "missing_there", "amount_differs", "kind_differs", "doubled"
             * @enum {string}
             */
            sort: "missing_here" | "missing_there" | "amount_differs" | "kind_differs" | "doubled";
            externalRef: string;
            ours: components["schemas"]["RecordedEvent"] | null;
            theirs: components["schemas"]["LedgerLine"] | null;
        };
        ReconciliationTotal: {
            /** @description In UTC; null where the ledger has no times */
            day: string | null;
            kind: string;
            /** @description Recorded here */
            ourCount: number;
            /** @description US cents */
            ourCents: number;
            /** @description In the ledger */
            theirCount: number;
            /** @description US cents */
            theirCents: number;
        };
        UnreadableLine: {
            /** @description Its place in the ledger */
            line: number;
            why: string;
        };
        ReviewCause: {
            /**
             * Format: date-time
             * @description When it came up
             */
            at: string;
            /** @description `credit-event:…` or `reconciliation:…` */
            subject: string;
            text: string;
        };
        Review: {
            id: string;
            /** @description Who is looked at */
            account: string;
            /** @description Of a reseller */
            storeCode: string | null;
            email: string;
            /**
             * Format: date-time
             * @description When it was opened
             */
            openedAt: string;
            /**
             * Format: date-time
             * @description When it was closed
             */
            resolvedAt: string | null;
            /** @description By whom */
            resolvedBy: string | null;
            /** @description What was found */
            note: string | null;
            /** @description Oldest first; at most a hundred */
            causes: components["schemas"]["ReviewCause"][];
        };
        Webhook: {
            id: string;
            url: string;
            description: string;
            /** @description Empty: all */
            types: ("subuser.created" | "quota.warning" | "quota.reached" | "subscription.expiring" | "subscription.expired" | "subscription.renewed" | "credit_event.mismatch" | "reconciliation.differences" | "key.revoked")[];
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
        Person: {
            id: string;
            email: string;
            name: string;
            /**
             * @description The provider’s `owner`, `manager` and `viewer`, or a `reseller`’s person
             * @enum {string}
             */
            role: "owner" | "manager" | "viewer" | "reseller";
            /** @description The account acted for */
            account: string;
            /** @description Of a reseller’s person */
            storeCode: string | null;
            /**
             * @description `invited`: has no password yet
             * @enum {string}
             */
            state: "active" | "invited" | "disabled";
            hasSecondFactor: boolean;
            /**
             * Format: date-time
             * @description When the person was invited or made
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Null: never
             */
            lastSignInAt: string | null;
            /** @description The address of it */
            lastSignInFrom: string | null;
        };
        AuditEntry: {
            /** @description Grows with time */
            id: number;
            /**
             * Format: date-time
             * @description When it was done
             */
            at: string;
            /** @description `key:…`, `person:…`, `account:…`, `invitation`, `command-line`, `system`, or `provider` */
            actor: string;
            /** @description Of the person, or of the account whose key it was */
            actorEmail: string | null;
            /** @description The account acted for; null for the installation itself */
            account: string | null;
            /** @description The way in: `console`, `admin-api`, `eclipseproxy`, `command-line`, `job`, … */
            door: string;
            /** @description Where the call came from */
            address: string | null;
            action: string;
            /** @description What was acted on */
            subject: string;
            /** @description What changed, with `before` and `after`. Without secrets */
            details: {
                [key: string]: unknown;
            };
        };
        Key: {
            id: string;
            name: string;
            /** @description The email address of the account that the key speaks for */
            owner: string;
            /** @description The first characters of the secret */
            hint: string;
            scopes: ("reseller:read" | "reseller:write" | "reseller:signup" | "reseller:credit" | "admin:read" | "admin:write" | "user:read" | "user:write")[];
            /**
             * Format: date-time
             * @description When the key was minted
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it ends; null: never
             */
            expiresAt: string | null;
            /**
             * Format: date-time
             * @description When it was ended
             */
            revokedAt: string | null;
            /**
             * Format: date-time
             * @description To about a minute; null: never
             */
            lastUsedAt: string | null;
            /** @description The address of it */
            lastUsedFrom: string | null;
            /** @description The account that the key speaks for */
            account: string;
            /** @description Of a reseller */
            storeCode: string | null;
            /** @description The key that it took the place of */
            rotatedFrom: string | null;
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
        /** @description Bad Request */
        InvalidField: {
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
        /** @description Not Found */
        AccountNotFound: {
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
                    code: "account_not_found";
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
        /** @description Not Found */
        SubuserNotFound: {
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
                    code: "subuser_not_found";
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
        /** @description Bad Request */
        MissingFieldsOrInvalidFieldOrMalformedBody: {
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
        /** @description Conflict */
        IdempotencyRunningOrInsufficientBalance: {
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
                    code: "idempotency_running" | "insufficient_balance";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Not Found */
        SubscriptionNotFound: {
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
                    code: "subscription_not_found";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Forbidden */
        NotResellerOrInsufficientScopeOrCrossSiteOrCreditsFrozen: {
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
                    code: "not_reseller" | "insufficient_scope" | "cross_site" | "credits_frozen";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Conflict */
        IdempotencyRunningOrSubscriptionState: {
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
                    code: "idempotency_running" | "subscription_state";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Not Found */
        SubuserNotFoundOrSubscriptionNotFound: {
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
                    code: "subuser_not_found" | "subscription_not_found";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Not Found */
        ReconciliationNotFound: {
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
                    code: "reconciliation_not_found";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Conflict */
        IdempotencyRunningOrLimitReached: {
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
        /** @description Forbidden */
        NotResellerOrInsufficientScopeOrCrossSiteOrReservedFor: {
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
                    code: "not_reseller" | "insufficient_scope" | "cross_site" | "reserved_for";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Not Found */
        KeyNotFound: {
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
                    code: "key_not_found";
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
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "gateway": {
                     *         "host": "gateway.example.com",
                     *         "port": 3128
                     *       }
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
                        gateway: components["schemas"]["GatewayDoor"];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSite"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getOverview: {
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
                     *       "at": "2026-05-04T10:00:00.000Z",
                     *       "pools": [
                     *         {
                     *           "product": "residential",
                     *           "pooledBytes": 10000000000,
                     *           "allocatedBytes": 40000000000,
                     *           "usedBytes": 7000000000,
                     *           "dailyBytes": 1000000000,
                     *           "daysLeft": 50
                     *         }
                     *       ],
                     *       "usage": [
                     *         {
                     *           "product": "residential",
                     *           "lastMinutesBytes": 840000000,
                     *           "todayBytes": 91000000000,
                     *           "last30DaysBytes": 2400000000000
                     *         },
                     *         {
                     *           "product": "mobile",
                     *           "lastMinutesBytes": 0,
                     *           "todayBytes": 4000000000,
                     *           "last30DaysBytes": 90000000000
                     *         }
                     *       ],
                     *       "subusers": 34,
                     *       "topSubusers": [
                     *         {
                     *           "id": "subuser-4kq7m2ws9xbd3h6n",
                     *           "username": "MYSTORE_anna",
                     *           "product": "residential",
                     *           "usedBytes": 1200000000,
                     *           "remainingBytes": 3800000000
                     *         }
                     *       ],
                     *       "subscriptions": {
                     *         "total": 2,
                     *         "ACTIVE": 1,
                     *         "SUSPENDED": 0,
                     *         "STOPPED": 1,
                     *         "TERMINATED": 0
                     *       },
                     *       "balanceCents": 10000,
                     *       "creditsFrozen": false,
                     *       "standing": "good"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When this was so
                         */
                        at: string;
                        pools: components["schemas"]["Pool"][];
                        usage: components["schemas"]["UsageNow"][];
                        subusers: number;
                        /** @description Those who have used most of each product */
                        topSubusers: components["schemas"]["SubuserUse"][];
                        subscriptions: components["schemas"]["SubscriptionCounts"];
                        /** @description Money */
                        balanceCents: number;
                        /** @description Whether the provider has frozen the money */
                        creditsFrozen: boolean;
                        /**
                         * @description Under review: credit log and own ledger differ
                         * @enum {string}
                         */
                        standing: "good" | "under_review";
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSite"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getUsage: {
        parameters: {
            query: {
                /** @description one of "minute", "hour", "day" */
                resolution: "minute" | "hour" | "day";
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                from: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                to: string;
            };
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
                     *       "resolution": "hour",
                     *       "from": "2026-05-04T00:00:00.000Z",
                     *       "to": "2026-05-05T00:00:00.000Z",
                     *       "points": [
                     *         {
                     *           "product": "residential",
                     *           "start": "2026-05-04T10:00:00.000Z",
                     *           "upBytes": 120000,
                     *           "downBytes": 48000000
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description one of "minute", "hour", "day"
                         * @enum {string}
                         */
                        resolution: "minute" | "hour" | "day";
                        /**
                         * Format: date-time
                         * @description The beginning that was asked for
                         */
                        from: string;
                        /**
                         * Format: date-time
                         * @description The end that was asked for, not part of it any more
                         */
                        to: string;
                        /** @description In the order of time; periods without use are left out */
                        points: components["schemas"]["UsagePoint"][];
                    };
                };
            };
            400: components["responses"]["InvalidField"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSite"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getStatement: {
        parameters: {
            query: {
                /** @description one of "asc", "desc" */
                order?: "asc" | "desc";
                /** @description a reason such as subuser.allocate */
                reason?: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                from?: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                to?: string;
                /** @description a whole number from 1 to 1000 */
                limit?: string;
                /** @description one that this list has answered, in the same order */
                cursor?: string;
                /** @description residential, mobile or usd */
                asset: "residential" | "mobile" | "usd";
            };
            header?: never;
            path?: never;
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
                     *           "id": 81723,
                     *           "at": "2026-05-04T10:00:00.000Z",
                     *           "reason": "subuser.allocate",
                     *           "amount": -5000000000,
                     *           "balance": 95000000000,
                     *           "counterparty": {
                     *             "kind": "balance",
                     *             "name": "MYSTORE_anna",
                     *             "id": "subuser-4kq7m2ws9xbd3h6n"
                     *           },
                     *           "subscriptionId": null,
                     *           "cause": "key:key_4kq7m2ws9xbd3h6n"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Movement"][];
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
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportStatement: {
        parameters: {
            query: {
                /** @description one of "asc", "desc" */
                order?: "asc" | "desc";
                /** @description a reason such as subuser.allocate */
                reason?: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                from?: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                to?: string;
                /** @description residential, mobile or usd */
                asset: "residential" | "mobile" | "usd";
            };
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
                     * @example id,at,reason,amount,balance,counterparty,counterpartyId,counterpartyKind,subscriptionId,cause
                     *     81723,2026-05-04T10:00:00.000Z,subuser.allocate,-5000000000,95000000000,MYSTORE_anna,subuser-4kq7m2ws9xbd3h6n,balance,,key:key_4kq7m2ws9xbd3h6n
                     */
                    "text/csv": string;
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
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSubusers: {
        parameters: {
            query?: {
                /** @description a text of 1 to 100 characters */
                search?: string;
                /** @description one of "name", "created", "used", "remaining" */
                sort?: "name" | "created" | "used" | "remaining";
                /** @description one of "asc", "desc" */
                order?: "asc" | "desc";
                /** @description residential or mobile: whose figures to sort by */
                product?: "residential" | "mobile";
                /** @description a whole number from 1 to 1000 */
                limit?: string;
                /** @description one that this list has answered, in the same order */
                cursor?: string;
            };
            header?: never;
            path?: never;
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
                     *           "id": "subuser-4kq7m2ws9xbd3h6n",
                     *           "username": "MYSTORE_anna",
                     *           "email": "anna@example.com",
                     *           "reseller": {
                     *             "id": "acc_4kq7m2ws9xbd3h6n",
                     *             "storeCode": "MYSTORE"
                     *           },
                     *           "createdAt": "2026-05-04T10:00:00.000Z",
                     *           "bandwidth": {
                     *             "residential": {
                     *               "allocatedBytes": 5000000000,
                     *               "usedBytes": 1200000000,
                     *               "remainingBytes": 3800000000
                     *             },
                     *             "mobile": {
                     *               "allocatedBytes": 0,
                     *               "usedBytes": 0,
                     *               "remainingBytes": 0
                     *             }
                     *           },
                     *           "whitelist": [
                     *             "203.0.113.7"
                     *           ]
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Subuser"][];
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
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createSubuser: {
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
                 *       "username": "anna",
                 *       "email": "anna@example.com",
                 *       "bytes": {
                 *         "residential": 5000000000
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @description 1 to 48 letters, digits, underscores or dots (no hyphen) */
                    username: string;
                    /** @description an email address, or null */
                    email?: string | null;
                    /** @description 8 to 64 printable ASCII characters without spaces */
                    password?: string;
                    /** @description an object of bytes by product */
                    bytes?: {
                        /** @description a whole number of bytes from 0 to 10^15 */
                        residential?: number;
                        /** @description a whole number of bytes from 0 to 10^15 */
                        mobile?: number;
                    };
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
                     *       "id": "subuser-4kq7m2ws9xbd3h6n",
                     *       "username": "MYSTORE_anna",
                     *       "email": "anna@example.com",
                     *       "password": "pH7kq2WmX4tBz9RcVn3L",
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "bytes": {
                     *         "residential": 5000000000,
                     *         "mobile": 0
                     *       }
                     *     }
                     */
                    "application/json": {
                        id: string;
                        /** @description With the store code in front */
                        username: string;
                        /** @description As it was given */
                        email: string | null;
                        /** @description Generated unless it was given */
                        password: string;
                        /**
                         * Format: date-time
                         * @description When it was made
                         */
                        createdAt: string;
                        bytes: components["schemas"]["BytesByProduct"];
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
            404: components["responses"]["AccountNotFound"];
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
                        code: "idempotency_running" | "username_taken" | "insufficient_balance";
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
    createSubusers: {
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
                 *       "subusers": [
                 *         {
                 *           "username": "anna",
                 *           "email": "anna@example.com",
                 *           "bytes": {
                 *             "residential": 5000000000
                 *           }
                 *         },
                 *         {
                 *           "username": "otto"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description a list of 1 to 1000 subusers */
                    subusers: {
                        /** @description 1 to 48 letters, digits, underscores or dots (no hyphen) */
                        username: string;
                        /** @description an email address, or null */
                        email?: string | null;
                        /** @description 8 to 64 printable ASCII characters without spaces */
                        password?: string;
                        /** @description an object of bytes by product */
                        bytes?: {
                            /** @description a whole number of bytes from 0 to 10^15 */
                            residential?: number;
                            /** @description a whole number of bytes from 0 to 10^15 */
                            mobile?: number;
                        };
                    }[];
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
                     *       "made": 1,
                     *       "refused": 1,
                     *       "results": [
                     *         {
                     *           "status": "made",
                     *           "subuser": {
                     *             "id": "subuser-4kq7m2ws9xbd3h6n",
                     *             "username": "MYSTORE_anna",
                     *             "email": "anna@example.com",
                     *             "password": "pH7kq2WmX4tBz9RcVn3L",
                     *             "createdAt": "2026-05-04T10:00:00.000Z",
                     *             "bytes": {
                     *               "residential": 5000000000,
                     *               "mobile": 0
                     *             }
                     *           }
                     *         },
                     *         {
                     *           "status": "refused",
                     *           "problem": {
                     *             "code": "username_taken",
                     *             "detail": "The username MYSTORE_otto is taken",
                     *             "field": null
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description How many were made */
                        made: number;
                        /** @description How many were not */
                        refused: number;
                        /** @description One for each, in the order they were sent */
                        results: (components["schemas"]["BulkMade"] | components["schemas"]["BulkRefused"])[];
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
            404: components["responses"]["AccountNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            /** @description Payload Too Large */
            413: {
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
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportSubusers: {
        parameters: {
            query?: {
                /** @description a text of 1 to 100 characters */
                search?: string;
                /** @description one of "name", "created", "used", "remaining" */
                sort?: "name" | "created" | "used" | "remaining";
                /** @description one of "asc", "desc" */
                order?: "asc" | "desc";
                /** @description residential or mobile: whose figures to sort by */
                product?: "residential" | "mobile";
            };
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
                     * @example id,username,email,storeCode,createdAt,residentialAllocatedBytes,residentialUsedBytes,residentialRemainingBytes,mobileAllocatedBytes,mobileUsedBytes,mobileRemainingBytes,whitelist
                     *     subuser-4kq7m2ws9xbd3h6n,MYSTORE_anna,anna@example.com,MYSTORE,2026-05-04T10:00:00.000Z,5000000000,1200000000,3800000000,0,0,0,203.0.113.7
                     */
                    "text/csv": string;
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
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSubuser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example subuser-4kq7m2ws9xbd3h6n
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
                     *       "id": "subuser-4kq7m2ws9xbd3h6n",
                     *       "username": "MYSTORE_anna",
                     *       "email": "anna@example.com",
                     *       "reseller": {
                     *         "id": "acc_4kq7m2ws9xbd3h6n",
                     *         "storeCode": "MYSTORE"
                     *       },
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "bandwidth": {
                     *         "residential": {
                     *           "allocatedBytes": 5000000000,
                     *           "usedBytes": 1200000000,
                     *           "remainingBytes": 3800000000
                     *         },
                     *         "mobile": {
                     *           "allocatedBytes": 0,
                     *           "usedBytes": 0,
                     *           "remainingBytes": 0
                     *         }
                     *       },
                     *       "whitelist": [
                     *         "203.0.113.7"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Subuser"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSite"];
            404: components["responses"]["SubuserNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteSubuser: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example subuser-4kq7m2ws9xbd3h6n
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
                     *       "username": "MYSTORE_anna",
                     *       "returnedBytes": {
                     *         "residential": 3800000000,
                     *         "mobile": 0
                     *       }
                     *     }
                     */
                    "application/json": {
                        username: string;
                        returnedBytes: components["schemas"]["BytesByProduct"];
                    };
                };
            };
            400: components["responses"]["InvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSite"];
            404: components["responses"]["SubuserNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    allocateToSubuser: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example subuser-4kq7m2ws9xbd3h6n
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "product": "residential",
                 *       "bytes": 5000000000
                 *     }
                 */
                "application/json": {
                    /**
                     * @description one of "residential", "mobile"
                     * @enum {string}
                     */
                    product: "residential" | "mobile";
                    /** @description a positive whole number of bytes */
                    bytes: number;
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
                     *       "id": "subuser-4kq7m2ws9xbd3h6n",
                     *       "username": "MYSTORE_anna",
                     *       "email": "anna@example.com",
                     *       "reseller": {
                     *         "id": "acc_4kq7m2ws9xbd3h6n",
                     *         "storeCode": "MYSTORE"
                     *       },
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "bandwidth": {
                     *         "residential": {
                     *           "allocatedBytes": 5000000000,
                     *           "usedBytes": 1200000000,
                     *           "remainingBytes": 3800000000
                     *         },
                     *         "mobile": {
                     *           "allocatedBytes": 0,
                     *           "usedBytes": 0,
                     *           "remainingBytes": 0
                     *         }
                     *       },
                     *       "whitelist": [
                     *         "203.0.113.7"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Subuser"];
                };
            };
            400: components["responses"]["MissingFieldsOrInvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSite"];
            404: components["responses"]["SubuserNotFound"];
            409: components["responses"]["IdempotencyRunningOrInsufficientBalance"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    takeBackFromSubuser: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example subuser-4kq7m2ws9xbd3h6n
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "product": "residential",
                 *       "bytes": 5000000000
                 *     }
                 */
                "application/json": {
                    /**
                     * @description one of "residential", "mobile"
                     * @enum {string}
                     */
                    product: "residential" | "mobile";
                    /** @description a positive whole number of bytes */
                    bytes: number;
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
                     *       "id": "subuser-4kq7m2ws9xbd3h6n",
                     *       "username": "MYSTORE_anna",
                     *       "email": "anna@example.com",
                     *       "reseller": {
                     *         "id": "acc_4kq7m2ws9xbd3h6n",
                     *         "storeCode": "MYSTORE"
                     *       },
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "bandwidth": {
                     *         "residential": {
                     *           "allocatedBytes": 5000000000,
                     *           "usedBytes": 1200000000,
                     *           "remainingBytes": 3800000000
                     *         },
                     *         "mobile": {
                     *           "allocatedBytes": 0,
                     *           "usedBytes": 0,
                     *           "remainingBytes": 0
                     *         }
                     *       },
                     *       "whitelist": [
                     *         "203.0.113.7"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Subuser"];
                };
            };
            400: components["responses"]["MissingFieldsOrInvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSite"];
            404: components["responses"]["SubuserNotFound"];
            409: components["responses"]["IdempotencyRunningOrInsufficientBalance"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example subuser-4kq7m2ws9xbd3h6n
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
                     *       "username": "MYSTORE_anna",
                     *       "password": "pH7kq2WmX4tBz9RcVn3L"
                     *     }
                     */
                    "application/json": {
                        username: string;
                        password: string;
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSite"];
            404: components["responses"]["SubuserNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example subuser-4kq7m2ws9xbd3h6n
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    /** @description 8 to 64 printable ASCII characters without spaces */
                    password?: string;
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
                     *       "username": "MYSTORE_anna",
                     *       "password": "pH7kq2WmX4tBz9RcVn3L"
                     *     }
                     */
                    "application/json": {
                        username: string;
                        password: string;
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
            404: components["responses"]["SubuserNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    addToWhitelist: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example subuser-4kq7m2ws9xbd3h6n
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "address": "203.0.113.7"
                 *     }
                 */
                "application/json": {
                    /** @description an IPv4 or IPv6 address or a CIDR range */
                    address: string;
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
                     *       "whitelist": [
                     *         "203.0.113.7"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        whitelist: string[];
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
            404: components["responses"]["SubuserNotFound"];
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
                        code: "idempotency_running" | "address_in_use" | "limit_reached";
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
    removeFromWhitelist: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example subuser-4kq7m2ws9xbd3h6n
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "address": "203.0.113.7"
                 *     }
                 */
                "application/json": {
                    /** @description an IPv4 or IPv6 address or a CIDR range */
                    address: string;
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
                     *       "whitelist": []
                     *     }
                     */
                    "application/json": {
                        whitelist: string[];
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
            404: components["responses"]["SubuserNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSubuserUsage: {
        parameters: {
            query: {
                /** @description one of "minute", "hour", "day" */
                resolution: "minute" | "hour" | "day";
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                from: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                to: string;
            };
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example subuser-4kq7m2ws9xbd3h6n
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
                     *       "resolution": "hour",
                     *       "from": "2026-05-04T00:00:00.000Z",
                     *       "to": "2026-05-05T00:00:00.000Z",
                     *       "points": [
                     *         {
                     *           "product": "residential",
                     *           "start": "2026-05-04T10:00:00.000Z",
                     *           "upBytes": 120000,
                     *           "downBytes": 48000000
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description one of "minute", "hour", "day"
                         * @enum {string}
                         */
                        resolution: "minute" | "hour" | "day";
                        /**
                         * Format: date-time
                         * @description The beginning that was asked for
                         */
                        from: string;
                        /**
                         * Format: date-time
                         * @description The end that was asked for, not part of it any more
                         */
                        to: string;
                        /** @description In the order of time; periods without use are left out */
                        points: components["schemas"]["UsagePoint"][];
                    };
                };
            };
            400: components["responses"]["InvalidField"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSite"];
            404: components["responses"]["SubuserNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSubuserStatement: {
        parameters: {
            query?: {
                /** @description one of "asc", "desc" */
                order?: "asc" | "desc";
                /** @description a reason such as subuser.allocate */
                reason?: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                from?: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                to?: string;
                /** @description a whole number from 1 to 1000 */
                limit?: string;
                /** @description one that this list has answered, in the same order */
                cursor?: string;
                /** @description one of "residential", "mobile" */
                product?: "residential" | "mobile";
            };
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example subuser-4kq7m2ws9xbd3h6n
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
                     *           "id": 81723,
                     *           "at": "2026-05-04T10:00:00.000Z",
                     *           "reason": "subuser.allocate",
                     *           "amount": -5000000000,
                     *           "balance": 95000000000,
                     *           "counterparty": {
                     *             "kind": "balance",
                     *             "name": "MYSTORE_anna",
                     *             "id": "subuser-4kq7m2ws9xbd3h6n"
                     *           },
                     *           "subscriptionId": null,
                     *           "cause": "key:key_4kq7m2ws9xbd3h6n"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Movement"][];
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
            404: components["responses"]["SubuserNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportSubuserStatement: {
        parameters: {
            query?: {
                /** @description one of "asc", "desc" */
                order?: "asc" | "desc";
                /** @description a reason such as subuser.allocate */
                reason?: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                from?: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                to?: string;
                /** @description one of "residential", "mobile" */
                product?: "residential" | "mobile";
            };
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example subuser-4kq7m2ws9xbd3h6n
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
                     * @example id,at,reason,amount,balance,counterparty,counterpartyId,counterpartyKind,subscriptionId,cause
                     *     81723,2026-05-04T10:00:00.000Z,subuser.allocate,-5000000000,95000000000,MYSTORE_anna,subuser-4kq7m2ws9xbd3h6n,balance,,key:key_4kq7m2ws9xbd3h6n
                     */
                    "text/csv": string;
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
            404: components["responses"]["SubuserNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listPlans: {
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
                     *           "id": "pl_0f9a2c4e6b8d0f9a2c4e6b8d",
                     *           "billingCycle": "MONTHLY",
                     *           "connections": 100,
                     *           "authentications": 2,
                     *           "grossCents": 8800,
                     *           "netCents": 7395,
                     *           "taxCents": 1405,
                     *           "taxBasisPoints": 1900
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Plan"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSite"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    quoteSubscription: {
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
                 *       "billingCycle": "MONTHLY",
                 *       "connections": 100,
                 *       "authentications": 2,
                 *       "subscriptionId": "su_018f3a7c2b4d0f9a2c4e6b8d"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description one of "WEEKLY", "MONTHLY", "ANNUAL"
                     * @enum {string}
                     */
                    billingCycle: "WEEKLY" | "MONTHLY" | "ANNUAL";
                    /**
                     * @description one of 100, 200, 500, 1000, 2000
                     * @enum {integer}
                     */
                    connections: 100 | 200 | 500 | 1000 | 2000;
                    /** @description a whole number from 1 to 10 */
                    authentications: number;
                    /** @description the id of a subscription */
                    subscriptionId?: string;
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
                     *       "plan": {
                     *         "id": "pl_0f9a2c4e6b8d0f9a2c4e6b8d",
                     *         "billingCycle": "MONTHLY",
                     *         "connections": 100,
                     *         "authentications": 2,
                     *         "grossCents": 8800,
                     *         "netCents": 7395,
                     *         "taxCents": 1405,
                     *         "taxBasisPoints": 1900
                     *       },
                     *       "creditCents": 2000,
                     *       "dueCents": 6800,
                     *       "balanceCents": 10000,
                     *       "isAffordable": true,
                     *       "periodEnd": "2026-06-04T10:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        plan: components["schemas"]["Plan"];
                        /** @description Given back for the unused time of what is changed */
                        creditCents: number;
                        /** @description The price less what is given back; below zero when more is given back than charged */
                        dueCents: number;
                        /** @description Money there is */
                        balanceCents: number;
                        isAffordable: boolean;
                        /**
                         * Format: date-time
                         * @description When the period would end
                         */
                        periodEnd: string;
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
            404: components["responses"]["SubscriptionNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSubscriptions: {
        parameters: {
            query?: {
                /** @description one of "ACTIVE", "SUSPENDED", "STOPPED", "TERMINATED" */
                status?: "ACTIVE" | "SUSPENDED" | "STOPPED" | "TERMINATED";
                /** @description a whole number from 1 to 1000 */
                limit?: string;
                /** @description one that this list has answered, in the same order */
                cursor?: string;
            };
            header?: never;
            path?: never;
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
                     *           "id": "su_018f3a7c2b4d0f9a2c4e6b8d",
                     *           "reseller": {
                     *             "id": "acc_4kq7m2ws9xbd3h6n",
                     *             "storeCode": "MYSTORE",
                     *             "email": "r@example.com"
                     *           },
                     *           "status": "ACTIVE",
                     *           "canceled": false,
                     *           "autoRenewal": true,
                     *           "periodStart": "2026-05-04T10:00:00.000Z",
                     *           "periodEnd": "2026-06-04T10:00:00.000Z",
                     *           "bytes": 48000000,
                     *           "requests": 310,
                     *           "plan": {
                     *             "id": "pl_0f9a2c4e6b8d0f9a2c4e6b8d",
                     *             "billingCycle": "MONTHLY",
                     *             "connections": 100,
                     *             "authentications": 2,
                     *             "grossCents": 8800,
                     *             "netCents": 7395,
                     *             "taxCents": 1405,
                     *             "taxBasisPoints": 1900
                     *           },
                     *           "slots": [
                     *             {
                     *               "id": "sl_018f3a7c2b4d0f9a2c4e6b8d",
                     *               "address": "203.0.113.7"
                     *             },
                     *             {
                     *               "id": "sl_018f3a7c2b4d1a2b3c4d5e6f",
                     *               "address": null
                     *             }
                     *           ],
                     *           "createdAt": "2026-05-04T10:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Subscription"][];
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
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    buySubscription: {
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
                 *       "billingCycle": "MONTHLY",
                 *       "connections": 100,
                 *       "authentications": 2
                 *     }
                 */
                "application/json": {
                    /**
                     * @description one of "WEEKLY", "MONTHLY", "ANNUAL"
                     * @enum {string}
                     */
                    billingCycle: "WEEKLY" | "MONTHLY" | "ANNUAL";
                    /**
                     * @description one of 100, 200, 500, 1000, 2000
                     * @enum {integer}
                     */
                    connections: 100 | 200 | 500 | 1000 | 2000;
                    /** @description a whole number from 1 to 10 */
                    authentications: number;
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
                     *       "id": "su_018f3a7c2b4d0f9a2c4e6b8d",
                     *       "reseller": {
                     *         "id": "acc_4kq7m2ws9xbd3h6n",
                     *         "storeCode": "MYSTORE",
                     *         "email": "r@example.com"
                     *       },
                     *       "status": "ACTIVE",
                     *       "canceled": false,
                     *       "autoRenewal": true,
                     *       "periodStart": "2026-05-04T10:00:00.000Z",
                     *       "periodEnd": "2026-06-04T10:00:00.000Z",
                     *       "bytes": 48000000,
                     *       "requests": 310,
                     *       "plan": {
                     *         "id": "pl_0f9a2c4e6b8d0f9a2c4e6b8d",
                     *         "billingCycle": "MONTHLY",
                     *         "connections": 100,
                     *         "authentications": 2,
                     *         "grossCents": 8800,
                     *         "netCents": 7395,
                     *         "taxCents": 1405,
                     *         "taxBasisPoints": 1900
                     *       },
                     *       "slots": [
                     *         {
                     *           "id": "sl_018f3a7c2b4d0f9a2c4e6b8d",
                     *           "address": "203.0.113.7"
                     *         },
                     *         {
                     *           "id": "sl_018f3a7c2b4d1a2b3c4d5e6f",
                     *           "address": null
                     *         }
                     *       ],
                     *       "createdAt": "2026-05-04T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Subscription"];
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
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSiteOrCreditsFrozen"];
            409: components["responses"]["IdempotencyRunningOrInsufficientBalance"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    changeSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example su_018f3a7c2b4d0f9a2c4e6b8d
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "billingCycle": "MONTHLY",
                 *       "connections": 100,
                 *       "authentications": 2
                 *     }
                 */
                "application/json": {
                    /**
                     * @description one of "WEEKLY", "MONTHLY", "ANNUAL"
                     * @enum {string}
                     */
                    billingCycle: "WEEKLY" | "MONTHLY" | "ANNUAL";
                    /**
                     * @description one of 100, 200, 500, 1000, 2000
                     * @enum {integer}
                     */
                    connections: 100 | 200 | 500 | 1000 | 2000;
                    /** @description a whole number from 1 to 10 */
                    authentications: number;
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
                     *       "id": "su_018f3a7c2b4d0f9a2c4e6b8d",
                     *       "reseller": {
                     *         "id": "acc_4kq7m2ws9xbd3h6n",
                     *         "storeCode": "MYSTORE",
                     *         "email": "r@example.com"
                     *       },
                     *       "status": "ACTIVE",
                     *       "canceled": false,
                     *       "autoRenewal": true,
                     *       "periodStart": "2026-05-04T10:00:00.000Z",
                     *       "periodEnd": "2026-06-04T10:00:00.000Z",
                     *       "bytes": 48000000,
                     *       "requests": 310,
                     *       "plan": {
                     *         "id": "pl_0f9a2c4e6b8d0f9a2c4e6b8d",
                     *         "billingCycle": "MONTHLY",
                     *         "connections": 100,
                     *         "authentications": 2,
                     *         "grossCents": 8800,
                     *         "netCents": 7395,
                     *         "taxCents": 1405,
                     *         "taxBasisPoints": 1900
                     *       },
                     *       "slots": [
                     *         {
                     *           "id": "sl_018f3a7c2b4d0f9a2c4e6b8d",
                     *           "address": "203.0.113.7"
                     *         },
                     *         {
                     *           "id": "sl_018f3a7c2b4d1a2b3c4d5e6f",
                     *           "address": null
                     *         }
                     *       ],
                     *       "createdAt": "2026-05-04T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Subscription"];
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
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSiteOrCreditsFrozen"];
            404: components["responses"]["SubscriptionNotFound"];
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
                        code: "idempotency_running" | "subscription_state" | "slots_in_use" | "insufficient_balance";
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
    renewSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example su_018f3a7c2b4d0f9a2c4e6b8d
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
                     *       "id": "su_018f3a7c2b4d0f9a2c4e6b8d",
                     *       "reseller": {
                     *         "id": "acc_4kq7m2ws9xbd3h6n",
                     *         "storeCode": "MYSTORE",
                     *         "email": "r@example.com"
                     *       },
                     *       "status": "ACTIVE",
                     *       "canceled": false,
                     *       "autoRenewal": true,
                     *       "periodStart": "2026-05-04T10:00:00.000Z",
                     *       "periodEnd": "2026-06-04T10:00:00.000Z",
                     *       "bytes": 48000000,
                     *       "requests": 310,
                     *       "plan": {
                     *         "id": "pl_0f9a2c4e6b8d0f9a2c4e6b8d",
                     *         "billingCycle": "MONTHLY",
                     *         "connections": 100,
                     *         "authentications": 2,
                     *         "grossCents": 8800,
                     *         "netCents": 7395,
                     *         "taxCents": 1405,
                     *         "taxBasisPoints": 1900
                     *       },
                     *       "slots": [
                     *         {
                     *           "id": "sl_018f3a7c2b4d0f9a2c4e6b8d",
                     *           "address": "203.0.113.7"
                     *         },
                     *         {
                     *           "id": "sl_018f3a7c2b4d1a2b3c4d5e6f",
                     *           "address": null
                     *         }
                     *       ],
                     *       "createdAt": "2026-05-04T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            400: components["responses"]["InvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSiteOrCreditsFrozen"];
            404: components["responses"]["SubscriptionNotFound"];
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
                        code: "idempotency_running" | "subscription_state" | "limit_reached" | "insufficient_balance";
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
    setAutoRenewal: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example su_018f3a7c2b4d0f9a2c4e6b8d
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "autoRenewal": true
                 *     }
                 */
                "application/json": {
                    /** @description true or false */
                    autoRenewal: boolean;
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
                     *       "id": "su_018f3a7c2b4d0f9a2c4e6b8d",
                     *       "reseller": {
                     *         "id": "acc_4kq7m2ws9xbd3h6n",
                     *         "storeCode": "MYSTORE",
                     *         "email": "r@example.com"
                     *       },
                     *       "status": "ACTIVE",
                     *       "canceled": false,
                     *       "autoRenewal": true,
                     *       "periodStart": "2026-05-04T10:00:00.000Z",
                     *       "periodEnd": "2026-06-04T10:00:00.000Z",
                     *       "bytes": 48000000,
                     *       "requests": 310,
                     *       "plan": {
                     *         "id": "pl_0f9a2c4e6b8d0f9a2c4e6b8d",
                     *         "billingCycle": "MONTHLY",
                     *         "connections": 100,
                     *         "authentications": 2,
                     *         "grossCents": 8800,
                     *         "netCents": 7395,
                     *         "taxCents": 1405,
                     *         "taxBasisPoints": 1900
                     *       },
                     *       "slots": [
                     *         {
                     *           "id": "sl_018f3a7c2b4d0f9a2c4e6b8d",
                     *           "address": "203.0.113.7"
                     *         },
                     *         {
                     *           "id": "sl_018f3a7c2b4d1a2b3c4d5e6f",
                     *           "address": null
                     *         }
                     *       ],
                     *       "createdAt": "2026-05-04T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Subscription"];
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
            404: components["responses"]["SubscriptionNotFound"];
            409: components["responses"]["IdempotencyRunningOrSubscriptionState"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    bindAddress: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example su_018f3a7c2b4d0f9a2c4e6b8d
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "address": "203.0.113.7"
                 *     }
                 */
                "application/json": {
                    /** @description a single IPv4 or IPv6 address */
                    address: string;
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
                     *       "id": "su_018f3a7c2b4d0f9a2c4e6b8d",
                     *       "reseller": {
                     *         "id": "acc_4kq7m2ws9xbd3h6n",
                     *         "storeCode": "MYSTORE",
                     *         "email": "r@example.com"
                     *       },
                     *       "status": "ACTIVE",
                     *       "canceled": false,
                     *       "autoRenewal": true,
                     *       "periodStart": "2026-05-04T10:00:00.000Z",
                     *       "periodEnd": "2026-06-04T10:00:00.000Z",
                     *       "bytes": 48000000,
                     *       "requests": 310,
                     *       "plan": {
                     *         "id": "pl_0f9a2c4e6b8d0f9a2c4e6b8d",
                     *         "billingCycle": "MONTHLY",
                     *         "connections": 100,
                     *         "authentications": 2,
                     *         "grossCents": 8800,
                     *         "netCents": 7395,
                     *         "taxCents": 1405,
                     *         "taxBasisPoints": 1900
                     *       },
                     *       "slots": [
                     *         {
                     *           "id": "sl_018f3a7c2b4d0f9a2c4e6b8d",
                     *           "address": "203.0.113.7"
                     *         },
                     *         {
                     *           "id": "sl_018f3a7c2b4d1a2b3c4d5e6f",
                     *           "address": null
                     *         }
                     *       ],
                     *       "createdAt": "2026-05-04T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Subscription"];
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
            404: components["responses"]["SubscriptionNotFound"];
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
                        code: "idempotency_running" | "subscription_state" | "address_in_use" | "no_free_slot";
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
    unbindAddress: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example su_018f3a7c2b4d0f9a2c4e6b8d
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "address": "203.0.113.7"
                 *     }
                 */
                "application/json": {
                    /** @description a single IPv4 or IPv6 address */
                    address: string;
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
                     *       "id": "su_018f3a7c2b4d0f9a2c4e6b8d",
                     *       "reseller": {
                     *         "id": "acc_4kq7m2ws9xbd3h6n",
                     *         "storeCode": "MYSTORE",
                     *         "email": "r@example.com"
                     *       },
                     *       "status": "ACTIVE",
                     *       "canceled": false,
                     *       "autoRenewal": true,
                     *       "periodStart": "2026-05-04T10:00:00.000Z",
                     *       "periodEnd": "2026-06-04T10:00:00.000Z",
                     *       "bytes": 48000000,
                     *       "requests": 310,
                     *       "plan": {
                     *         "id": "pl_0f9a2c4e6b8d0f9a2c4e6b8d",
                     *         "billingCycle": "MONTHLY",
                     *         "connections": 100,
                     *         "authentications": 2,
                     *         "grossCents": 8800,
                     *         "netCents": 7395,
                     *         "taxCents": 1405,
                     *         "taxBasisPoints": 1900
                     *       },
                     *       "slots": [
                     *         {
                     *           "id": "sl_018f3a7c2b4d0f9a2c4e6b8d",
                     *           "address": "203.0.113.7"
                     *         },
                     *         {
                     *           "id": "sl_018f3a7c2b4d1a2b3c4d5e6f",
                     *           "address": null
                     *         }
                     *       ],
                     *       "createdAt": "2026-05-04T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Subscription"];
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
            404: components["responses"]["SubscriptionNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example su_018f3a7c2b4d0f9a2c4e6b8d
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
                     *       "id": "su_018f3a7c2b4d0f9a2c4e6b8d",
                     *       "reseller": {
                     *         "id": "acc_4kq7m2ws9xbd3h6n",
                     *         "storeCode": "MYSTORE",
                     *         "email": "r@example.com"
                     *       },
                     *       "status": "ACTIVE",
                     *       "canceled": false,
                     *       "autoRenewal": true,
                     *       "periodStart": "2026-05-04T10:00:00.000Z",
                     *       "periodEnd": "2026-06-04T10:00:00.000Z",
                     *       "bytes": 48000000,
                     *       "requests": 310,
                     *       "plan": {
                     *         "id": "pl_0f9a2c4e6b8d0f9a2c4e6b8d",
                     *         "billingCycle": "MONTHLY",
                     *         "connections": 100,
                     *         "authentications": 2,
                     *         "grossCents": 8800,
                     *         "netCents": 7395,
                     *         "taxCents": 1405,
                     *         "taxBasisPoints": 1900
                     *       },
                     *       "slots": [
                     *         {
                     *           "id": "sl_018f3a7c2b4d0f9a2c4e6b8d",
                     *           "address": "203.0.113.7"
                     *         },
                     *         {
                     *           "id": "sl_018f3a7c2b4d1a2b3c4d5e6f",
                     *           "address": null
                     *         }
                     *       ],
                     *       "createdAt": "2026-05-04T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSite"];
            404: components["responses"]["SubscriptionNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    suspendSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example su_018f3a7c2b4d0f9a2c4e6b8d
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
                     *       "id": "su_018f3a7c2b4d0f9a2c4e6b8d",
                     *       "reseller": {
                     *         "id": "acc_4kq7m2ws9xbd3h6n",
                     *         "storeCode": "MYSTORE",
                     *         "email": "r@example.com"
                     *       },
                     *       "status": "ACTIVE",
                     *       "canceled": false,
                     *       "autoRenewal": true,
                     *       "periodStart": "2026-05-04T10:00:00.000Z",
                     *       "periodEnd": "2026-06-04T10:00:00.000Z",
                     *       "bytes": 48000000,
                     *       "requests": 310,
                     *       "plan": {
                     *         "id": "pl_0f9a2c4e6b8d0f9a2c4e6b8d",
                     *         "billingCycle": "MONTHLY",
                     *         "connections": 100,
                     *         "authentications": 2,
                     *         "grossCents": 8800,
                     *         "netCents": 7395,
                     *         "taxCents": 1405,
                     *         "taxBasisPoints": 1900
                     *       },
                     *       "slots": [
                     *         {
                     *           "id": "sl_018f3a7c2b4d0f9a2c4e6b8d",
                     *           "address": "203.0.113.7"
                     *         },
                     *         {
                     *           "id": "sl_018f3a7c2b4d1a2b3c4d5e6f",
                     *           "address": null
                     *         }
                     *       ],
                     *       "createdAt": "2026-05-04T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            400: components["responses"]["InvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSite"];
            404: components["responses"]["SubscriptionNotFound"];
            409: components["responses"]["IdempotencyRunningOrSubscriptionState"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    resumeSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example su_018f3a7c2b4d0f9a2c4e6b8d
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
                     *       "id": "su_018f3a7c2b4d0f9a2c4e6b8d",
                     *       "reseller": {
                     *         "id": "acc_4kq7m2ws9xbd3h6n",
                     *         "storeCode": "MYSTORE",
                     *         "email": "r@example.com"
                     *       },
                     *       "status": "ACTIVE",
                     *       "canceled": false,
                     *       "autoRenewal": true,
                     *       "periodStart": "2026-05-04T10:00:00.000Z",
                     *       "periodEnd": "2026-06-04T10:00:00.000Z",
                     *       "bytes": 48000000,
                     *       "requests": 310,
                     *       "plan": {
                     *         "id": "pl_0f9a2c4e6b8d0f9a2c4e6b8d",
                     *         "billingCycle": "MONTHLY",
                     *         "connections": 100,
                     *         "authentications": 2,
                     *         "grossCents": 8800,
                     *         "netCents": 7395,
                     *         "taxCents": 1405,
                     *         "taxBasisPoints": 1900
                     *       },
                     *       "slots": [
                     *         {
                     *           "id": "sl_018f3a7c2b4d0f9a2c4e6b8d",
                     *           "address": "203.0.113.7"
                     *         },
                     *         {
                     *           "id": "sl_018f3a7c2b4d1a2b3c4d5e6f",
                     *           "address": null
                     *         }
                     *       ],
                     *       "createdAt": "2026-05-04T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            400: components["responses"]["InvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSite"];
            404: components["responses"]["SubscriptionNotFound"];
            409: components["responses"]["IdempotencyRunningOrSubscriptionState"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example su_018f3a7c2b4d0f9a2c4e6b8d
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
                     *       "id": "su_018f3a7c2b4d0f9a2c4e6b8d",
                     *       "reseller": {
                     *         "id": "acc_4kq7m2ws9xbd3h6n",
                     *         "storeCode": "MYSTORE",
                     *         "email": "r@example.com"
                     *       },
                     *       "status": "ACTIVE",
                     *       "canceled": false,
                     *       "autoRenewal": true,
                     *       "periodStart": "2026-05-04T10:00:00.000Z",
                     *       "periodEnd": "2026-06-04T10:00:00.000Z",
                     *       "bytes": 48000000,
                     *       "requests": 310,
                     *       "plan": {
                     *         "id": "pl_0f9a2c4e6b8d0f9a2c4e6b8d",
                     *         "billingCycle": "MONTHLY",
                     *         "connections": 100,
                     *         "authentications": 2,
                     *         "grossCents": 8800,
                     *         "netCents": 7395,
                     *         "taxCents": 1405,
                     *         "taxBasisPoints": 1900
                     *       },
                     *       "slots": [
                     *         {
                     *           "id": "sl_018f3a7c2b4d0f9a2c4e6b8d",
                     *           "address": "203.0.113.7"
                     *         },
                     *         {
                     *           "id": "sl_018f3a7c2b4d1a2b3c4d5e6f",
                     *           "address": null
                     *         }
                     *       ],
                     *       "createdAt": "2026-05-04T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            400: components["responses"]["InvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSite"];
            404: components["responses"]["SubscriptionNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listTunnels: {
        parameters: {
            query?: {
                /** @description a username, or an id */
                subuser?: string;
                /** @description an id */
                subscription?: string;
                /** @description a destination, as clients write it */
                host?: string;
                /** @description a whole number from 1 to 10000 */
                limit?: string;
            };
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
                     *       "total": 1,
                     *       "tunnels": [
                     *         {
                     *           "tunnelId": "t_k3m9q2w7x4b8n6v5",
                     *           "username": "MYSTORE_anna",
                     *           "subscription": null,
                     *           "storeCode": "MYSTORE",
                     *           "protocol": "connect",
                     *           "host": "example.com",
                     *           "port": 443,
                     *           "clientAddress": "203.0.113.7",
                     *           "upBytes": 5120,
                     *           "downBytes": 1048576,
                     *           "since": "2026-06-01T10:00:00.000Z"
                     *         }
                     *       ],
                     *       "isComplete": true
                     *     }
                     */
                    "application/json": {
                        /** @description All that are meant, though fewer are listed */
                        total: number;
                        tunnels: components["schemas"]["Tunnel"][];
                        /** @description Whether every gateway has answered */
                        isComplete: boolean;
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
            404: components["responses"]["SubuserNotFoundOrSubscriptionNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    cutTunnels: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "subuser": "MYSTORE_anna"
                 *     }
                 */
                "application/json": {
                    /** @description a username, or an id */
                    subuser?: string;
                    /** @description an id */
                    subscription?: string;
                    /** @description a destination, as clients write it */
                    host?: string;
                    /** @description the id of a tunnel */
                    tunnelId?: string;
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
                     *       "cut": 3,
                     *       "isComplete": true
                     *     }
                     */
                    "application/json": {
                        cut: number;
                        /** @description Whether every gateway has answered */
                        isComplete: boolean;
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
            404: components["responses"]["SubuserNotFoundOrSubscriptionNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listCreditEvents: {
        parameters: {
            query?: {
                /** @description a kind such as topup */
                kind?: string;
                /** @description a reference */
                externalRef?: string;
                /** @description true or false: only those that came again differently, or did not */
                mismatched?: "true" | "false";
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                from?: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                to?: string;
                /** @description a whole number from 1 to 1000 */
                limit?: string;
                /** @description one that this list has answered, in the same order */
                cursor?: string;
            };
            header?: never;
            path?: never;
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
                     *           "id": "ev_4kq7m2ws9xbd3h6n",
                     *           "seq": 1042,
                     *           "accountId": "acc_4kq7m2ws9xbd3h6n",
                     *           "email": "r@example.com",
                     *           "keyId": "key_4kq7m2ws9xbd3h6n",
                     *           "kind": "topup",
                     *           "amountCents": 2500,
                     *           "externalRef": "order-7731",
                     *           "meta": {
                     *             "customer": 17
                     *           },
                     *           "at": "2026-05-04T10:00:00.000Z",
                     *           "mismatches": 0
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["CreditEvent"][];
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
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    redeemVoucher: {
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
                 *       "code": "VFC-7KQ2-WMX4-TZ9R"
                 *     }
                 */
                "application/json": {
                    /** @description a voucher’s code */
                    code: string;
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
                     *       "amountCents": 1000,
                     *       "balanceCents": 11000
                     *     }
                     */
                    "application/json": {
                        /** @description What it was worth */
                        amountCents: number;
                        /** @description Money there is now */
                        balanceCents: number;
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
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSiteOrCreditsFrozen"];
            /** @description Not Found */
            404: {
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
                        code: "voucher_not_found";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
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
                        code: "idempotency_running" | "voucher_unusable";
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
    listReconciliations: {
        parameters: {
            query?: {
                /** @description a whole number from 1 to 1000 */
                limit?: string;
                /** @description one that this list has answered, in the same order */
                cursor?: string;
            };
            header?: never;
            path?: never;
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
                     *           "id": "rec_4kq7m2ws9xbd3h6n",
                     *           "account": "acc_4kq7m2ws9xbd3h6n",
                     *           "storeCode": "MYSTORE",
                     *           "source": "upload",
                     *           "from": "2026-05-01T00:00:00.000Z",
                     *           "to": "2026-06-01T00:00:00.000Z",
                     *           "graceSeconds": 3600,
                     *           "toleranceCents": 0,
                     *           "status": "done",
                     *           "error": null,
                     *           "createdAt": "2026-06-02T08:00:00.000Z",
                     *           "finishedAt": "2026-06-02T08:00:09.000Z",
                     *           "percent": 100,
                     *           "theirLines": 10400,
                     *           "unreadableLines": 0,
                     *           "ourEvents": 10399,
                     *           "matched": 10398,
                     *           "missingHere": 2,
                     *           "missingThere": 0,
                     *           "amountDiffers": 1,
                     *           "kindDiffers": 0,
                     *           "doubled": 0,
                     *           "lagging": 0
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Reconciliation"][];
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
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    beginReconciliation: {
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
                 *       "from": "2026-05-01T00:00:00Z",
                 *       "to": "2026-06-01T00:00:00Z"
                 *     }
                 */
                "application/json": {
                    /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                    from: string;
                    /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                    to: string;
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
                     *       "id": "rec_4kq7m2ws9xbd3h6n",
                     *       "account": "acc_4kq7m2ws9xbd3h6n",
                     *       "storeCode": "MYSTORE",
                     *       "source": "upload",
                     *       "from": "2026-05-01T00:00:00.000Z",
                     *       "to": "2026-06-01T00:00:00.000Z",
                     *       "graceSeconds": 3600,
                     *       "toleranceCents": 0,
                     *       "status": "done",
                     *       "error": null,
                     *       "createdAt": "2026-06-02T08:00:00.000Z",
                     *       "finishedAt": "2026-06-02T08:00:09.000Z",
                     *       "percent": 100,
                     *       "theirLines": 10400,
                     *       "unreadableLines": 0,
                     *       "ourEvents": 10399,
                     *       "matched": 10398,
                     *       "missingHere": 2,
                     *       "missingThere": 0,
                     *       "amountDiffers": 1,
                     *       "kindDiffers": 0,
                     *       "doubled": 0,
                     *       "lagging": 0
                     *     }
                     */
                    "application/json": {
                        id: string;
                        /** @description Whose ledger it is */
                        account: string;
                        /** @description Of a reseller */
                        storeCode: string | null;
                        /**
                         * @description Whether the ledger is sent, or fetched from the address that is set
                         * @enum {string}
                         */
                        source: "upload" | "pull";
                        /**
                         * Format: date-time
                         * @description The beginning of the period
                         */
                        from: string;
                        /**
                         * Format: date-time
                         * @description Its end, not part of it any more
                         */
                        to: string;
                        /** @description Each side may have an event this much later than the other */
                        graceSeconds: number;
                        /** @description Amounts that differ by no more are the same */
                        toleranceCents: number;
                        /**
                         * @description It waits for a ledger, reads it, compares, is done; or it failed
                         * @enum {string}
                         */
                        status: "waiting" | "reading" | "matching" | "done" | "failed";
                        /** @description Why the ledger could not be read */
                        error: string | null;
                        /**
                         * Format: date-time
                         * @description When it was begun
                         */
                        createdAt: string;
                        /**
                         * Format: date-time
                         * @description When it was done, or failed
                         */
                        finishedAt: string | null;
                        /** @description Of the comparison */
                        percent: number;
                        /** @description Lines of the ledger that were read */
                        theirLines: number;
                        /** @description Lines that say nothing that could be compared */
                        unreadableLines: number;
                        /** @description Recorded here in the period; null until they are laid beside the ledger */
                        ourEvents: number | null;
                        /** @description The same on both sides */
                        matched: number;
                        /** @description In the ledger, and not recorded here */
                        missingHere: number;
                        /** @description Recorded here, and not in the ledger */
                        missingThere: number;
                        /** @description Of the same kind, with another amount */
                        amountDiffers: number;
                        /** @description Of another kind */
                        kindDiffers: number;
                        /** @description More often on one side than on the other */
                        doubled: number;
                        /** @description Too near an end of the period, or to now, to be missed on the other side */
                        lagging: number;
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
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getReconciliation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example rec_4kq7m2ws9xbd3h6n
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
                     *       "id": "rec_4kq7m2ws9xbd3h6n",
                     *       "account": "acc_4kq7m2ws9xbd3h6n",
                     *       "storeCode": "MYSTORE",
                     *       "source": "upload",
                     *       "from": "2026-05-01T00:00:00.000Z",
                     *       "to": "2026-06-01T00:00:00.000Z",
                     *       "graceSeconds": 3600,
                     *       "toleranceCents": 0,
                     *       "status": "done",
                     *       "error": null,
                     *       "createdAt": "2026-06-02T08:00:00.000Z",
                     *       "finishedAt": "2026-06-02T08:00:09.000Z",
                     *       "percent": 100,
                     *       "theirLines": 10400,
                     *       "unreadableLines": 0,
                     *       "ourEvents": 10399,
                     *       "matched": 10398,
                     *       "missingHere": 2,
                     *       "missingThere": 0,
                     *       "amountDiffers": 1,
                     *       "kindDiffers": 0,
                     *       "doubled": 0,
                     *       "lagging": 0
                     *     }
                     */
                    "application/json": {
                        id: string;
                        /** @description Whose ledger it is */
                        account: string;
                        /** @description Of a reseller */
                        storeCode: string | null;
                        /**
                         * @description Whether the ledger is sent, or fetched from the address that is set
                         * @enum {string}
                         */
                        source: "upload" | "pull";
                        /**
                         * Format: date-time
                         * @description The beginning of the period
                         */
                        from: string;
                        /**
                         * Format: date-time
                         * @description Its end, not part of it any more
                         */
                        to: string;
                        /** @description Each side may have an event this much later than the other */
                        graceSeconds: number;
                        /** @description Amounts that differ by no more are the same */
                        toleranceCents: number;
                        /**
                         * @description It waits for a ledger, reads it, compares, is done; or it failed
                         * @enum {string}
                         */
                        status: "waiting" | "reading" | "matching" | "done" | "failed";
                        /** @description Why the ledger could not be read */
                        error: string | null;
                        /**
                         * Format: date-time
                         * @description When it was begun
                         */
                        createdAt: string;
                        /**
                         * Format: date-time
                         * @description When it was done, or failed
                         */
                        finishedAt: string | null;
                        /** @description Of the comparison */
                        percent: number;
                        /** @description Lines of the ledger that were read */
                        theirLines: number;
                        /** @description Lines that say nothing that could be compared */
                        unreadableLines: number;
                        /** @description Recorded here in the period; null until they are laid beside the ledger */
                        ourEvents: number | null;
                        /** @description The same on both sides */
                        matched: number;
                        /** @description In the ledger, and not recorded here */
                        missingHere: number;
                        /** @description Recorded here, and not in the ledger */
                        missingThere: number;
                        /** @description Of the same kind, with another amount */
                        amountDiffers: number;
                        /** @description Of another kind */
                        kindDiffers: number;
                        /** @description More often on one side than on the other */
                        doubled: number;
                        /** @description Too near an end of the period, or to now, to be missed on the other side */
                        lagging: number;
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSite"];
            404: components["responses"]["ReconciliationNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDifferences: {
        parameters: {
            query?: {
                /** @description one of "missing_here", "missing_there", "amount_differs", "kind_differs", "doubled" */
                sort?: "missing_here" | "missing_there" | "amount_differs" | "kind_differs" | "doubled";
                /** @description a whole number from 1 to 1000 */
                limit?: string;
                /** @description one that this list has answered, in the same order */
                cursor?: string;
            };
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example rec_4kq7m2ws9xbd3h6n
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
                     *           "sort": "amount_differs",
                     *           "externalRef": "txn_abc123",
                     *           "ours": {
                     *             "eventId": "ev_4kq7m2ws9xbd3h6n",
                     *             "kind": "topup",
                     *             "cents": 2500,
                     *             "at": "2026-05-04T10:00:00.000Z"
                     *           },
                     *           "theirs": {
                     *             "line": 17,
                     *             "kind": "topup",
                     *             "cents": 2600,
                     *             "at": "2026-05-04T09:59:58.000Z"
                     *           }
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Difference"][];
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
            404: components["responses"]["ReconciliationNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportDifferences: {
        parameters: {
            query?: {
                /** @description one of "missing_here", "missing_there", "amount_differs", "kind_differs", "doubled" */
                sort?: "missing_here" | "missing_there" | "amount_differs" | "kind_differs" | "doubled";
            };
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example rec_4kq7m2ws9xbd3h6n
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
                     * @example sort,externalRef,eventId,ourKind,ourCents,ourAt,line,theirKind,theirCents,theirAt
                     *     amount_differs,txn_abc123,ev_4kq7m2ws9xbd3h6n,topup,2500,2026-05-04T10:00:00.000Z,17,topup,2600,2026-05-04T09:59:58.000Z
                     */
                    "text/csv": string;
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
            404: components["responses"]["ReconciliationNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getReconciliationTotals: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example rec_4kq7m2ws9xbd3h6n
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
                     *       "data": [
                     *         {
                     *           "day": "2026-05-04",
                     *           "kind": "topup",
                     *           "ourCount": 12,
                     *           "ourCents": 30000,
                     *           "theirCount": 12,
                     *           "theirCents": 30100
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ReconciliationTotal"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSite"];
            404: components["responses"]["ReconciliationNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listUnreadableLines: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example rec_4kq7m2ws9xbd3h6n
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
                     *       "data": [
                     *         {
                     *           "line": 17,
                     *           "why": "external_ref must be 1 to 255 printable characters"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["UnreadableLine"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSite"];
            404: components["responses"]["ReconciliationNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listReviews: {
        parameters: {
            query?: {
                /** @description one of "open", "resolved" */
                status?: "open" | "resolved";
                /** @description a whole number from 1 to 1000 */
                limit?: string;
                /** @description one that this list has answered, in the same order */
                cursor?: string;
            };
            header?: never;
            path?: never;
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
                     *           "id": "rev_4kq7m2ws9xbd3h6n",
                     *           "account": "acc_4kq7m2ws9xbd3h6n",
                     *           "storeCode": "MYSTORE",
                     *           "email": "r@example.com",
                     *           "openedAt": "2026-06-02T08:00:09.000Z",
                     *           "resolvedAt": null,
                     *           "resolvedBy": null,
                     *           "note": null,
                     *           "causes": [
                     *             {
                     *               "at": "2026-06-02T08:00:09.000Z",
                     *               "subject": "reconciliation:rec_4kq7m2ws9xbd3h6n",
                     *               "text": "missing here: 2, amount differs: 1"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Review"][];
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
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getReview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example rev_4kq7m2ws9xbd3h6n
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
                     *       "id": "rev_4kq7m2ws9xbd3h6n",
                     *       "account": "acc_4kq7m2ws9xbd3h6n",
                     *       "storeCode": "MYSTORE",
                     *       "email": "r@example.com",
                     *       "openedAt": "2026-06-02T08:00:09.000Z",
                     *       "resolvedAt": null,
                     *       "resolvedBy": null,
                     *       "note": null,
                     *       "causes": [
                     *         {
                     *           "at": "2026-06-02T08:00:09.000Z",
                     *           "subject": "reconciliation:rec_4kq7m2ws9xbd3h6n",
                     *           "text": "missing here: 2, amount differs: 1"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        id: string;
                        /** @description Who is looked at */
                        account: string;
                        /** @description Of a reseller */
                        storeCode: string | null;
                        email: string;
                        /**
                         * Format: date-time
                         * @description When it was opened
                         */
                        openedAt: string;
                        /**
                         * Format: date-time
                         * @description When it was closed
                         */
                        resolvedAt: string | null;
                        /** @description By whom */
                        resolvedBy: string | null;
                        /** @description What was found */
                        note: string | null;
                        /** @description Oldest first; at most a hundred */
                        causes: components["schemas"]["ReviewCause"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSite"];
            /** @description Not Found */
            404: {
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
                        code: "review_not_found";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
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
                    /** @description a list of subuser.created, quota.warning, quota.reached, subscription.expiring, subscription.expired, subscription.renewed, credit_event.mismatch, reconciliation.differences, key.revoked; empty for all */
                    types?: ("subuser.created" | "quota.warning" | "quota.reached" | "subscription.expiring" | "subscription.expired" | "subscription.renewed" | "credit_event.mismatch" | "reconciliation.differences" | "key.revoked")[];
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
                        types: ("subuser.created" | "quota.warning" | "quota.reached" | "subscription.expiring" | "subscription.expired" | "subscription.renewed" | "credit_event.mismatch" | "reconciliation.differences" | "key.revoked")[];
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
            409: components["responses"]["IdempotencyRunningOrLimitReached"];
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
                        types: ("subuser.created" | "quota.warning" | "quota.reached" | "subscription.expiring" | "subscription.expired" | "subscription.renewed" | "credit_event.mismatch" | "reconciliation.differences" | "key.revoked")[];
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
                    /** @description a list of subuser.created, quota.warning, quota.reached, subscription.expiring, subscription.expired, subscription.renewed, credit_event.mismatch, reconciliation.differences, key.revoked; empty for all */
                    types?: ("subuser.created" | "quota.warning" | "quota.reached" | "subscription.expiring" | "subscription.expired" | "subscription.renewed" | "credit_event.mismatch" | "reconciliation.differences" | "key.revoked")[];
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
                        types: ("subuser.created" | "quota.warning" | "quota.reached" | "subscription.expiring" | "subscription.expired" | "subscription.renewed" | "credit_event.mismatch" | "reconciliation.differences" | "key.revoked")[];
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
                        types: ("subuser.created" | "quota.warning" | "quota.reached" | "subscription.expiring" | "subscription.expired" | "subscription.renewed" | "credit_event.mismatch" | "reconciliation.differences" | "key.revoked")[];
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
    listPeople: {
        parameters: {
            query?: {
                /** @description a text of 1 to 100 characters */
                search?: string;
                /** @description a whole number from 1 to 1000 */
                limit?: string;
                /** @description one that this list has answered, in the same order */
                cursor?: string;
            };
            header?: never;
            path?: never;
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
                     *           "id": "prs_4kq7m2ws9xbd3h6n",
                     *           "email": "ann@example.com",
                     *           "name": "Ann",
                     *           "role": "reseller",
                     *           "account": "acc_4kq7m2ws9xbd3h6n",
                     *           "storeCode": "MYSTORE",
                     *           "state": "active",
                     *           "hasSecondFactor": true,
                     *           "createdAt": "2026-05-04T10:00:00.000Z",
                     *           "lastSignInAt": "2026-05-05T08:15:00.000Z",
                     *           "lastSignInFrom": "198.51.100.7"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Person"][];
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
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    invitePerson: {
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
                 *       "email": "ann@example.com",
                 *       "name": "Ann"
                 *     }
                 */
                "application/json": {
                    /** @description an email address of at most 254 characters */
                    email: string;
                    /** @description a text of 1 to 100 characters on one line */
                    name: string;
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
                     *       "person": {
                     *         "id": "prs_4kq7m2ws9xbd3h6n",
                     *         "email": "ann@example.com",
                     *         "name": "Ann",
                     *         "role": "manager",
                     *         "account": "acc_4kq7m2ws9xbd3h6n",
                     *         "storeCode": null,
                     *         "state": "invited",
                     *         "hasSecondFactor": false,
                     *         "createdAt": "2026-05-04T10:00:00.000Z",
                     *         "lastSignInAt": null,
                     *         "lastSignInFrom": null
                     *       },
                     *       "token": "vK8rT2mZx4NcW9bLp3Ds6fQ7hJ5gAyEuRkVnXtCwPzSd",
                     *       "path": "/invitation#vK8rT2mZx4NcW9bLp3Ds6fQ7hJ5gAyEuRkVnXtCwPzSd",
                     *       "expiresAt": "2026-05-07T10:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        person: components["schemas"]["Person"];
                        /** @description For `POST /api/session/invitation`. Shown once */
                        token: string;
                        /** @description Of the link on the console’s address, with the token */
                        path: string;
                        /**
                         * Format: date-time
                         * @description When the link stops working
                         */
                        expiresAt: string;
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
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSiteOrReservedFor"];
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
                        code: "idempotency_running" | "email_taken" | "limit_reached";
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
    disablePerson: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The id of a person
                 * @example prs_4kq7m2ws9xbd3h6n
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
                     *       "person": {
                     *         "id": "prs_4kq7m2ws9xbd3h6n",
                     *         "email": "ann@example.com",
                     *         "name": "Ann",
                     *         "role": "manager",
                     *         "account": "acc_4kq7m2ws9xbd3h6n",
                     *         "storeCode": null,
                     *         "state": "active",
                     *         "hasSecondFactor": true,
                     *         "createdAt": "2026-05-04T10:00:00.000Z",
                     *         "lastSignInAt": "2026-05-05T08:15:00.000Z",
                     *         "lastSignInFrom": "198.51.100.7"
                     *       }
                     *     }
                     */
                    "application/json": {
                        person: components["schemas"]["Person"];
                    };
                };
            };
            400: components["responses"]["InvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSiteOrReservedFor"];
            /** @description Not Found */
            404: {
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
                        code: "person_not_found";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description an action, or a kind of them that ends with a dot, such as subuser. */
                action?: string;
                /** @description a subject, or a kind of them that ends with a colon, such as key: */
                subject?: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                from?: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                to?: string;
                /** @description a whole number from 1 to 1000 */
                limit?: string;
                /** @description one that this list has answered, in the same order */
                cursor?: string;
            };
            header?: never;
            path?: never;
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
                     *           "id": 1042,
                     *           "at": "2026-05-04T10:00:00.000Z",
                     *           "actor": "person:prs_4kq7m2ws9xbd3h6n",
                     *           "actorEmail": "owner@example.com",
                     *           "account": "acc_4kq7m2ws9xbd3h6n",
                     *           "door": "console",
                     *           "address": "198.51.100.7",
                     *           "action": "credits.freeze",
                     *           "subject": "account:acc_7kq2m4ws9xbd3h6n",
                     *           "details": {
                     *             "before": {
                     *               "frozen": false
                     *             },
                     *             "after": {
                     *               "frozen": true
                     *             }
                     *           }
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["AuditEntry"][];
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
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listKeys: {
        parameters: {
            query?: {
                /** @description one of "valid", "expired", "revoked" */
                state?: "valid" | "expired" | "revoked";
                /** @description a whole number from 1 to 1000 */
                limit?: string;
                /** @description one that this list has answered, in the same order */
                cursor?: string;
            };
            header?: never;
            path?: never;
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
                     *           "id": "key_4kq7m2ws9xbd3h6n",
                     *           "name": "panel",
                     *           "owner": "r@example.com",
                     *           "hint": "hg_live_8rT2",
                     *           "scopes": [
                     *             "reseller:read",
                     *             "reseller:write"
                     *           ],
                     *           "createdAt": "2026-05-04T10:00:00.000Z",
                     *           "expiresAt": null,
                     *           "revokedAt": null,
                     *           "lastUsedAt": "2026-05-05T08:15:00.000Z",
                     *           "lastUsedFrom": "198.51.100.7",
                     *           "account": "acc_4kq7m2ws9xbd3h6n",
                     *           "storeCode": "MYSTORE",
                     *           "rotatedFrom": null
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Key"][];
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
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    rotateKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The id of a key: not its secret
                 * @example key_4kq7m2ws9xbd3h6n
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "overlapMs": 3600000
                 *     }
                 */
                "application/json": {
                    /** @description 0 to 2592000000 milliseconds, a day (86400000) unless said */
                    overlapMs?: number;
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
                     *       "id": "key_4kq7m2ws9xbd3h6n",
                     *       "name": "panel",
                     *       "owner": "r@example.com",
                     *       "hint": "hg_live_8rT2",
                     *       "scopes": [
                     *         "reseller:read",
                     *         "reseller:write"
                     *       ],
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "expiresAt": null,
                     *       "revokedAt": null,
                     *       "lastUsedAt": null,
                     *       "lastUsedFrom": null,
                     *       "secret": "hg_live_8rT2vKq7mZx4NcW9bLp3Ds6fQ7hJ5gAyEuRkVnXtCwPz"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        /** @description The email address of the account that the key speaks for */
                        owner: string;
                        /** @description The first characters of the secret */
                        hint: string;
                        scopes: ("reseller:read" | "reseller:write" | "reseller:signup" | "reseller:credit" | "admin:read" | "admin:write" | "user:read" | "user:write")[];
                        /**
                         * Format: date-time
                         * @description When the key was minted
                         */
                        createdAt: string;
                        /**
                         * Format: date-time
                         * @description When it ends; null: never
                         */
                        expiresAt: string | null;
                        /**
                         * Format: date-time
                         * @description When it was ended
                         */
                        revokedAt: string | null;
                        /**
                         * Format: date-time
                         * @description To about a minute; null: never
                         */
                        lastUsedAt: string | null;
                        /** @description The address of it */
                        lastUsedFrom: string | null;
                        /** @description Shown once */
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
            404: components["responses"]["KeyNotFound"];
            409: components["responses"]["IdempotencyRunningOrLimitReached"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The id of a key: not its secret
                 * @example key_4kq7m2ws9xbd3h6n
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
                     *       "id": "key_4kq7m2ws9xbd3h6n",
                     *       "name": "panel",
                     *       "owner": "r@example.com",
                     *       "hint": "hg_live_8rT2",
                     *       "scopes": [
                     *         "reseller:read",
                     *         "reseller:write"
                     *       ],
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "expiresAt": null,
                     *       "revokedAt": "2026-05-06T10:00:00.000Z",
                     *       "lastUsedAt": "2026-05-05T08:15:00.000Z",
                     *       "lastUsedFrom": "198.51.100.7"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        /** @description The email address of the account that the key speaks for */
                        owner: string;
                        /** @description The first characters of the secret */
                        hint: string;
                        scopes: ("reseller:read" | "reseller:write" | "reseller:signup" | "reseller:credit" | "admin:read" | "admin:write" | "user:read" | "user:write")[];
                        /**
                         * Format: date-time
                         * @description When the key was minted
                         */
                        createdAt: string;
                        /**
                         * Format: date-time
                         * @description When it ends; null: never
                         */
                        expiresAt: string | null;
                        /**
                         * Format: date-time
                         * @description When it was ended
                         */
                        revokedAt: string | null;
                        /**
                         * Format: date-time
                         * @description To about a minute; null: never
                         */
                        lastUsedAt: string | null;
                        /** @description The address of it */
                        lastUsedFrom: string | null;
                    };
                };
            };
            400: components["responses"]["InvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["NotResellerOrInsufficientScopeOrCrossSite"];
            404: components["responses"]["KeyNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    sendLedger: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example rec_4kq7m2ws9xbd3h6n
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example external_ref,kind,amount_usd,at
                 *     txn_abc123,topup,25.00,2026-05-04T10:00:00Z
                 */
                "text/csv": string;
                /**
                 * @example [
                 *       {
                 *         "external_ref": "txn_abc123",
                 *         "kind": "topup",
                 *         "amount_usd": "25.00",
                 *         "at": "2026-05-04T10:00:00Z"
                 *       }
                 *     ]
                 */
                "application/json": Record<string, never>[];
                /** @example {"external_ref":"txn_abc123","kind":"topup","amount_usd":"25.00","at":"2026-05-04T10:00:00Z"} */
                "application/x-ndjson": string;
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
                     *       "id": "rec_4kq7m2ws9xbd3h6n",
                     *       "account": "acc_4kq7m2ws9xbd3h6n",
                     *       "storeCode": "MYSTORE",
                     *       "source": "upload",
                     *       "from": "2026-05-01T00:00:00.000Z",
                     *       "to": "2026-06-01T00:00:00.000Z",
                     *       "graceSeconds": 3600,
                     *       "toleranceCents": 0,
                     *       "status": "done",
                     *       "error": null,
                     *       "createdAt": "2026-06-02T08:00:00.000Z",
                     *       "finishedAt": "2026-06-02T08:00:09.000Z",
                     *       "percent": 100,
                     *       "theirLines": 10400,
                     *       "unreadableLines": 0,
                     *       "ourEvents": 10399,
                     *       "matched": 10398,
                     *       "missingHere": 2,
                     *       "missingThere": 0,
                     *       "amountDiffers": 1,
                     *       "kindDiffers": 0,
                     *       "doubled": 0,
                     *       "lagging": 0
                     *     }
                     */
                    "application/json": {
                        id: string;
                        /** @description Whose ledger it is */
                        account: string;
                        /** @description Of a reseller */
                        storeCode: string | null;
                        /**
                         * @description Whether the ledger is sent, or fetched from the address that is set
                         * @enum {string}
                         */
                        source: "upload" | "pull";
                        /**
                         * Format: date-time
                         * @description The beginning of the period
                         */
                        from: string;
                        /**
                         * Format: date-time
                         * @description Its end, not part of it any more
                         */
                        to: string;
                        /** @description Each side may have an event this much later than the other */
                        graceSeconds: number;
                        /** @description Amounts that differ by no more are the same */
                        toleranceCents: number;
                        /**
                         * @description It waits for a ledger, reads it, compares, is done; or it failed
                         * @enum {string}
                         */
                        status: "waiting" | "reading" | "matching" | "done" | "failed";
                        /** @description Why the ledger could not be read */
                        error: string | null;
                        /**
                         * Format: date-time
                         * @description When it was begun
                         */
                        createdAt: string;
                        /**
                         * Format: date-time
                         * @description When it was done, or failed
                         */
                        finishedAt: string | null;
                        /** @description Of the comparison */
                        percent: number;
                        /** @description Lines of the ledger that were read */
                        theirLines: number;
                        /** @description Lines that say nothing that could be compared */
                        unreadableLines: number;
                        /** @description Recorded here in the period; null until they are laid beside the ledger */
                        ourEvents: number | null;
                        /** @description The same on both sides */
                        matched: number;
                        /** @description In the ledger, and not recorded here */
                        missingHere: number;
                        /** @description Recorded here, and not in the ledger */
                        missingThere: number;
                        /** @description Of the same kind, with another amount */
                        amountDiffers: number;
                        /** @description Of another kind */
                        kindDiffers: number;
                        /** @description More often on one side than on the other */
                        doubled: number;
                        /** @description Too near an end of the period, or to now, to be missed on the other side */
                        lagging: number;
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
                        code: "malformed_body";
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
            404: components["responses"]["ReconciliationNotFound"];
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
                        code: "reconciliation_state" | "limit_reached";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            /** @description Payload Too Large */
            413: {
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
            415: {
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
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
}
