"""A shop with the Ghostealth API: buys a subscription, binds an address, stops and resumes it, cancels it."""
import os

import requests

API = os.environ["HEADGATE_URL"] + "/api/v1.0/resellers"
session = requests.Session()
session.headers["Authorization"] = "ApiKey " + os.environ["HEADGATE_KEY"]


def call(method, path="", body=None):
    response = session.request(method, API + path, json=body, timeout=30)
    answer = response.json()
    if not response.ok:
        raise SystemExit(f"{answer['code']}: {answer['message']}")
    return answer


def dollars(cents):
    return f"{cents / 100:.2f} USD"


print(f"balance {dollars(call('GET')['data']['balance']['amount']['value'])}")

wanted = {"billingCycle": "WEEKLY", "connections": 100, "authentications": 1}
subscription = call("POST", "/subscriptions", wanted)["data"]
plan, period = subscription["plan"], subscription["period"]
days = (period["end"]["timestamp"] - period["start"]["timestamp"]) // 86_400_000
print(f"bought {plan['title']} for {dollars(plan['price']['grossAmount'])}: {days} days")

at = f"/subscriptions/{subscription['id']}"
call("PUT", at + "/whitelist", {"ip": "203.0.113.7"})
for slot in call("GET", at + "/slots")["data"]:
    print(f"slot {slot['state']} {slot.get('ip', '')}")

call("PUT", at + "/suspend")
call("PUT", at + "/resume")
print(call("PUT", at)["message"])
call("PUT", at + "/cancel")

[listed] = call("GET", "/subscriptions?page=0&size=20")["data"]
print(f"{listed['status']}, {'canceled' if listed['canceled'] else 'renewable'}")
print(f"balance {dollars(call('GET')['data']['balance']['amount']['value'])}")
