import * as Process from "./Process.ts"
import * as Sdk from "./Sdk.ts"

Process.run(Sdk.sdk(Sdk.oneAfterAnother))
