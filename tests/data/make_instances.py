#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Writes a response to DescribeInstances with invented instances, always the same for the same numbers.

    make_instances.py COUNT SEED [--indent]
"""

import json
import random
import sys

ZONES = ("SEL-A", "HKG-A", "FRA-B", "SAO-C")
STATUSES = ("RUNNING", "STOPPED", "INSTALLING", "BOOTING", "RECYCLE", "PENDING", "HIBERNATING")
BILLINGS = ("ByTrafficPackage", "ByBandwidth", "ByInstanceBandwidth95", "ByClusterBandwidth95", "ByBandwidthCluster")
WORDS = ("edge", "core", "游戏", "café", "naïve", 'quo"te', "back\\slash", "tab\there", "line\nbreak", "😀", "<&>", "", "x" * 60)


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def text(self):
        return " ".join(self.random.choice(WORDS) for _ in range(self.random.randint(1, 3)))

    def address(self):
        return ".".join(str(self.random.randint(0, 255)) for _ in range(4))

    def maybe(self, value, nothing=None):
        return value if self.random.random() < 0.8 else nothing

    def several(self, make, most=3):
        return [make() for _ in range(self.random.randint(0, most))]

    def raid(self):
        kinds = (0, 1, 5, 10)
        if self.random.random() < 0.5:
            return {"raidType": self.random.choice(kinds), "customRaids": None}
        customs = self.several(
            lambda: {"raidType": self.random.choice(kinds), "diskSequence": self.several(lambda: self.random.randint(1, 24), 6)}
        )
        return {"raidType": None, "customRaids": customs}

    def instance_type(self, zone):
        cores = self.random.choice((8, 16, 32, 64))
        return {
            "imageIds": self.maybe(self.several(self.text)),
            "instanceTypeId": self.random.choice(("M7D", "L10A", "S9I")),
            "description": self.text(),
            "cpuCoreCount": cores,
            "cpuDetail": "Intel Xeon E3-1270v6 @ 3.80GHz",
            "cpuCores": cores,
            "cpuThreads": 2 * cores,
            "baseFrequency": "3.80GHz",
            "memorySize": 8 * cores,
            "maximumBandwidth": self.maybe(10000),
            "supportRaids": [0, 1, 5, 10],
            "supportSubnet": zone != "SEL-A",
            "isHA": self.random.random() < 0.5,
            "diskInfo": self.maybe(
                {
                    "totalDiskSize": 960,
                    "diskDescription": "1 * 960GB SSD",
                    "disks": self.several(lambda: {"diskSize": 960, "diskCount": self.random.randint(1, 6)}),
                }
            ),
            "vpuVendor": self.maybe("v"),
            "vpuCard": self.maybe("c"),
            "vpuCount": self.maybe(self.random.randint(0, 8)),
        }

    def instance(self, index):
        zone = self.random.choice(ZONES)
        prepaid = self.random.random() < 0.5
        made = {
            "instanceId": str(10**18 + index * 7919),
            "zoneId": zone,
            "instanceName": self.text(),
            "hostname": f"host-{index:06}.{zone.lower()}.example.test",
            "instanceTypeId": "M7D",
            "instanceType": self.maybe(self.instance_type(zone)),
            "imageId": self.maybe("image"),
            "imageName": "Windows Server 2019 Datacenter",
            "ipxeUrl": "",
            "keyId": self.maybe("key"),
            "instanceChargeType": "PREPAID" if prepaid else "POSTPAID",
            "bandwidthOutMbps": self.maybe(self.random.randint(0, 10000)),
            "trafficPackageSize": self.maybe(self.random.randint(0, 2000) / 20),
            "internetChargeType": self.random.choice(BILLINGS),
            "period": 12 if prepaid else None,
            "primaryPublicIpAddress": self.maybe(self.address()),
            "primaryPublicIPv6Address": self.maybe("2602:ffe4:1:11::1"),
            "publicIpAddresses": self.several(self.address),
            "privateIpAddresses": self.several(self.address),
            "ipv6Addresses": self.maybe(self.several(lambda: "2602:ffe4:1:11::1")),
            "subnetIds": self.several(lambda: "b775537d-77ef-456c-892a-486ad560aaa5"),
            "createTime": "2023-04-18T05:57:44Z",
            "expiredTime": "2027-12-04T00:00:00Z" if prepaid else None,
            "resourceGroupId": "17c5b0ff-4934-4bb1-a907-0b45408e5718",
            "resourceGroupName": self.text(),
            "instanceStatus": self.random.choice(STATUSES),
            "partitions": self.several(lambda: {"fsPath": "/", "fsType": "ext4", "size": self.random.randint(1, 4000)}),
            "raidConfig": self.maybe(self.raid()),
            "nic": self.maybe({"wanName": "wan0", "lanName": "lan0"}),
            "autoRenew": self.maybe(prepaid),
            "tags": self.maybe({"tags": self.several(lambda: {"key": self.text() or "k", "value": self.text()})}),
            "enableGatewayMode": self.maybe(False),
        }
        if self.random.random() < 0.1:
            made["unknownMember"] = {"list": [1, [2, {"deep": None}]], "text": self.text()}
        for name in list(made):
            if name != "instanceId" and self.random.random() < 0.03:
                del made[name]
        return made


def main():
    arguments = [each for each in sys.argv[1:] if each != "--indent"]
    if len(arguments) != 2:
        sys.exit(__doc__)
    maker = Maker(int(arguments[1]))
    instances = [maker.instance(index) for index in range(int(arguments[0]))]
    request_id = "TBFC01FCF-6439-4530-ADBC-16809F0C3E8F"
    response = {
        "requestId": request_id,
        "response": {"requestId": request_id, "totalCount": len(instances), "dataSet": instances},
    }
    indent = 2 if "--indent" in sys.argv else None
    escaped = int(arguments[1]) % 2 == 1
    sys.stdout.buffer.write(json.dumps(response, ensure_ascii=escaped, indent=indent).encode())


if __name__ == "__main__":
    main()
