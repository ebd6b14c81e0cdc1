// How a cache keeps its values.
#each kv_format: KV_F32 KV_F16 KV_Q8_0
