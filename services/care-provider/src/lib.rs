//! care-provider
